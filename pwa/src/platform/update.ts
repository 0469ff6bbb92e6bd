/**
 * The page's side of the update dialogue. A new service worker waits until a person agrees (or all tabs are closed);
 * then it takes over and the page reloads once. A page that is not told is never changed under anybody's hands.
 */

import type { ShellState } from '../environment.ts';

export interface Updates {
  onWaiting(listener: () => void): void;
  use(): void;
}

export function watchForUpdate(): Updates {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (container === undefined) return { onWaiting: () => undefined, use: () => undefined };
  return {
    onWaiting(listener) {
      void container
        .getRegistration('/')
        .then((registration) => registration && tellWhenWaiting(registration, listener));
      void container.ready.then((registration) => tellWhenWaiting(registration, listener));
    },
    use: () => void takeOver(container),
  };
}

/** A worker becomes active only once every file of the app is in its cache (sw/sw.ts). */
export function watchShell(listener: (state: ShellState) => void): void {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (container === undefined) {
    listener('impossible');
    return;
  }
  // Where site data is blocked, the container is there but refuses everything.
  container.getRegistration('/').catch(() => listener('impossible'));
  void container.ready.then(({ active }) => tellWhenActive(active, listener));
}

function tellWhenActive(worker: ServiceWorker | null, listener: (state: ShellState) => void): void {
  if (worker?.state === 'activated') listener('kept');
  else worker?.addEventListener('statechange', () => tellWhenActive(worker, listener), { once: true });
}

/** From then on the app opens without a network. Not possible on plain http, nor where the browser forbids it: then it needs one to open. */
export function registerServiceWorker(path: string): void {
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  void container?.register(path, { updateViaCache: 'none' }).catch(() => undefined);
}

function tellWhenWaiting(registration: ServiceWorkerRegistration, listener: () => void): void {
  if (registration.waiting !== null) listener();
  registration.addEventListener('updatefound', () => {
    const installing = registration.installing;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) listener();
    });
  });
}

async function takeOver(container: ServiceWorkerContainer): Promise<void> {
  const registration = await container.getRegistration('/');
  if (registration?.waiting == null) return;
  container.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage({ kind: 'take-over' });
}
