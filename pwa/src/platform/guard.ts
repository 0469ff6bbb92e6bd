/** What locking a phone needs of the browser. Fetched apart: a phone without a PIN does without. */

import type { Guard } from '../environment.ts';

const CHANNEL = 'fieldwell-people';
const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel', 'scroll'];
/** OWASP asks for more than this of servers; a phone that is slow must still open. */
const LEAST_ROUNDS = 310_000;
const MOST_ROUNDS = 2_000_000;
const PATIENCE_MS = 700;
const TRIAL_ROUNDS = 20_000;

export function browserGuard(): Guard {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  return {
    subtle,
    rounds: () => roundsOf(subtle),
    onTouch(listener) {
      for (const name of TOUCHES) document.addEventListener(name, listener, { capture: true, passive: true });
    },
    tell(news) {
      if (channel !== undefined) channel.postMessage(news);
      else tellByStorage(news);
    },
    onNews(listener) {
      channel?.addEventListener('message', ({ data }) => listener(String(data)));
      if (channel === undefined) listenToStorage(listener);
    },
  };
}

async function roundsOf(subtle: SubtleCrypto): Promise<number> {
  const words = await subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations: TRIAL_ROUNDS };
  const before = performance.now();
  await subtle.deriveBits(how, words, 256);
  const rounds = (PATIENCE_MS * TRIAL_ROUNDS) / Math.max(1, performance.now() - before);
  return Math.round(Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, rounds)));
}

/** Safari before 15.4. A value that is the same as before would wake nobody. */
function tellByStorage(news: string): void {
  try {
    localStorage.setItem(CHANNEL, `${news} ${Date.now()}`);
  } catch {
    // Cookies and site data are switched off: there is no other tab that keeps anything.
  }
}

function listenToStorage(listener: (news: string) => void): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === CHANNEL && newValue !== null) listener(newValue.replace(/ .*/, ''));
  });
}
