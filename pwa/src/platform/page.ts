/** The document and the window as `Page`. */

import type { Page, WakeReason } from '../environment.ts';
import { whenQuiet } from './quiet.ts';
import { watchShell } from './shell.ts';

export function browserPage(): Page {
  const root = document.documentElement;
  return {
    secret: () => readSecret(),
    forgetSecret() {
      if (readSecret() !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
    },
    showLanguage(lang, direction) {
      // As long as the server's page stands here, it keeps the language that it was written in.
      if (document.getElementById('visit') !== null) return;
      root.lang = lang;
      root.dir = direction;
    },
    showLooks(colours, large) {
      root.dataset['look'] = colours;
      root.dataset['size'] = large ? 'large' : '';
    },
    showSaved(saved) {
      root.dataset['saved'] = saved ? 'yes' : 'no';
    },
    onWake: listenForWake,
    onShell: watchShell,
    whenQuiet,
    onUpdate: (listener) => void listenForUpdate(listener).catch(() => undefined),
    onInstall: listenForInstall,
    useUpdate: () => void import('./update.ts').then(({ takeOver }) => takeOver()),
  };
}

/** Never rejects for want of a service worker; when the code cannot be had now, the next opening of the page tells. */
async function listenForUpdate(listener: () => void): Promise<void> {
  const registration = await navigator.serviceWorker?.ready;
  if (registration !== undefined) (await import('./update.ts')).tellWhenWaiting(registration, listener);
}

/** It comes once, soon after the page has opened; what it offers is kept until there is a reason to show it. */
function listenForInstall(listener: Parameters<NonNullable<Page['onInstall']>>[0]): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    listener(async () => {
      listener(undefined);
      if (!('prompt' in event) || typeof event.prompt !== 'function') return false;
      return (await event.prompt())?.outcome === 'accepted';
    });
  });
}

function readSecret(): string | undefined {
  const secret = location.pathname === '/enrol' ? location.hash.slice(1) : '';
  return secret === '' ? undefined : secret;
}

function listenForWake(listener: (reason: WakeReason) => void): void {
  window.addEventListener('online', () => listener('online'));
  window.addEventListener('pageshow', () => listener('visible'));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') listener('visible');
  });
}
