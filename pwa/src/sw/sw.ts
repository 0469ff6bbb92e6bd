/**
 * The service worker: it opens the app without a network, and does nothing else.
 *
 * - On install, the whole shell (every built file) is fetched into a cache named by its contents' hashes.
 * - Built files and the app's own pages are answered from there; everything else – the server's calls, forms, the
 *   console – goes to the network untouched. No answers and no forms are ever kept here: they are in IndexedDB.
 * - A poster's page is the server's; the app opens in its place when no server answers in time, or only a broken one. It is never kept.
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
const APP_PAGES = [
  /^\/$/,
  /^\/enrol$/,
  /^\/interview(\/|$)/,
  /^\/responses(\/|$)/,
  /^\/settings(\/|$)/,
  /^\/help$/,
  /^\/word$/,
];

/** Pages of posters. */
const VISITS = [/^\/v\/[^/]+$/];
/** So long a slow line may take to begin an answer. */
const PATIENCE_MS = 8_000;

precacheAndRoute([...SHELL], { cleanURLs: false, directoryIndex: '' });
cleanupOutdatedCaches();
const openApp = createHandlerBoundToURL('/index.html');
registerRoute(new NavigationRoute(openApp, { allowlist: APP_PAGES }));
registerRoute(new NavigationRoute(askServerFirst, { allowlist: VISITS }));

async function askServerFirst(options: Parameters<typeof openApp>[0]): Promise<Response> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fetch(options.request).catch(() => undefined), late]);
  return answer !== undefined && answer.status < 500 ? answer : openApp(options);
}

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'take-over') void self.skipWaiting();
});
