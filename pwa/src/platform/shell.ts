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
  if (worker?.state === 'activated')
    // One that was switched off (sw/off.ts) has kept nothing.
    void caches.keys().then(({ length }) => listener(length > 0 ? 'kept' : 'impossible'));
  else worker?.addEventListener('statechange', () => tellWhenActive(worker, listener), { once: true });
}

/** One file that is lost on its way ends the whole attempt. So long it waits to try again; after a few times, until the app is opened anew. */
const AGAIN_MS = 60_000;

/** From then on the app opens without a network. Not possible on plain http, nor where the browser forbids it: then it needs one to open. */
export function registerServiceWorker(path: string, tries = 5): void {
  const again = () => tries && setTimeout(registerServiceWorker, AGAIN_MS, path, tries - 1);
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  container?.register(path, { updateViaCache: 'none' }).then(({ installing }) => {
    // Only of the install itself: one that goes later was replaced, or switched off (sw/off.ts).
    installing?.addEventListener('statechange', () => installing.state === 'redundant' && again(), { once: true });
  }, again);
}
