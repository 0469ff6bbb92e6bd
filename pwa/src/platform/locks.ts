/** Web Locks as `Locks`. Safari before 15.4 and plain http have none: then every tab is let in, and app/lease.ts stands in where one only may be. */

import type { Locks } from '../environment.ts';

const TAB = 'fieldwell_tab';

export function browserLocks(): Locks {
  return {
    available: navigator.locks !== undefined,
    tab: tabName,
    hold(name, patience) {
      const locks: LockManager | undefined = navigator.locks;
      return locks === undefined ? Promise.resolve({ release: () => undefined }) : holdWebLock(locks, name, patience);
    },
  };
}

/** A page that reloads takes up again what it held. */
function tabName(): string | undefined {
  try {
    sessionStorage[TAB] ??= crypto.getRandomValues(new Uint32Array(4)).join();
    return sessionStorage[TAB];
  } catch {
    return undefined; // Cookies and site data are switched off.
  }
}

function holdWebLock(
  locks: LockManager,
  name: string,
  patience: number,
): Promise<{ readonly release: () => void } | undefined> {
  return new Promise((resolve) => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), patience);
    const held = locks.request(name, { signal: giveUp.signal }, () => {
      clearTimeout(timer);
      return new Promise<void>((release) => resolve({ release }));
    });
    // Given up, or the browser will not grant locks here (an opaque origin): the first means "not now".
    held.catch(() => resolve(giveUp.signal.aborted ? undefined : { release: () => undefined }));
  });
}
