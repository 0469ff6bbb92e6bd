/** The document and the window as `Page`. */

import type { Page, WakeReason } from '../environment.ts';
import { whenQuiet } from './quiet.ts';
import { watchForUpdate, watchShell } from './update.ts';

export function browserPage(): Page {
  const root = document.documentElement;
  const updates = watchForUpdate();
  return {
    secret: () => readSecret(),
    forgetSecret() {
      if (readSecret() !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
    },
    showLanguage(lang, direction) {
      root.lang = lang;
      root.dir = direction;
    },
    showSaved(saved) {
      root.dataset['saved'] = saved ? 'yes' : 'no';
    },
    onWake: listenForWake,
    onShell: watchShell,
    whenQuiet,
    onUpdate: (listener) => updates.onWaiting(listener),
    useUpdate: () => updates.use(),
  };
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
