/**
 * The service worker that ends itself: served as /sw.js while an administrator has switched the kept app off (deploy/README.md).
 * It takes over at once, deletes every built file that was kept, and goes. The app then comes from the network again. Answers are in
 * IndexedDB, which it does not touch; a page that is open goes on with what it has.
 */

/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(letGo()));

async function letGo(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}

// A module of its own: the other worker has names of its own too.
export {};
