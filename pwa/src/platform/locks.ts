/** Web Locks as `Locks`. Safari before 15.4 and plain http have none: then every tab is let in. */

import type { Locks } from '../environment.ts';

export function browserLocks(): Locks {
  return {
    hold(name, patience) {
      const locks: LockManager | undefined = navigator.locks;
      return locks === undefined ? Promise.resolve({ release: () => undefined }) : holdWebLock(locks, name, patience);
    },
  };
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
