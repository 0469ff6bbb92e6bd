/**
 * The service worker: it opens the app without a network, and does nothing else.
 *
 * - On install, the whole shell (every built file) is fetched into a cache named by its contents' hashes.
 * - Built files and the app's own pages are answered from there; everything else – the server's calls, forms, the
 *   console – goes to the network untouched. No answers and no forms are ever kept here: they are in IndexedDB.
 * - A new version waits. It takes over only when the page says so, because a person agreed.
 */

/// <reference lib="webworker" />
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build: every file of the shell with its revision. */
declare const SHELL: readonly PrecacheEntry[];

/** The app's own pages; the console, for one, is not among them. */
const APP_PAGES = [/^\/$/, /^\/enrol$/, /^\/interview(\/|$)/, /^\/responses(\/|$)/, /^\/settings(\/|$)/];

precacheAndRoute([...SHELL], { cleanURLs: false, directoryIndex: '' });
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: APP_PAGES }));

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'take-over') void self.skipWaiting();
});
