/**
 * The page's side of the update dialogue. A new service worker waits until a person agrees (or all tabs are closed);
 * then it takes over and the page reloads once. A page that is not told is never changed under anybody's hands.
 * Fetched apart: on a first visit there is nothing to update.
 */

/** Also when it was found before this was fetched. */
export function tellWhenWaiting(registration: ServiceWorkerRegistration, listener: () => void): void {
  if (registration.waiting !== null) listener();
  const watch = (): void => {
    const installing = registration.installing;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) listener();
    });
  };
  registration.addEventListener('updatefound', watch);
  watch();
}

export async function takeOver(): Promise<void> {
  const container = navigator.serviceWorker;
  const registration = await container.getRegistration('/');
  if (registration?.waiting == null) return;
  container.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage({ kind: 'take-over' });
}
