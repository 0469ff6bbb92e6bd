/** Keeps the app on this phone: its service worker, and whether that has all of it. */

import type { ShellState } from '../environment.ts';

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
