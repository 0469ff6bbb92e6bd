/**
 * The service worker: it opens the app without a network, and does nothing else.
 *
 * - On install, the whole shell (every built file) is fetched into a cache named by its contents' hashes.
 * - Built files and the app's own pages are answered from there; everything else – the server's calls, forms, the
 *   console – goes to the network untouched. No answers and no forms are ever kept here: they are in IndexedDB.
 * - What draws maps is large: it is kept besides, once the page has said that this phone needs it.
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
/** The addresses of what draws maps; named by their hash, as all in the shell. */
declare const MAPS: readonly string[];
const MAPS_CACHE = 'fieldwell-maps';

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

registerRoute(
  ({ url }) => MAPS.includes(url.pathname),
  async ({ request }) => (await caches.match(request.url)) ?? fetch(request),
);

async function askServerFirst(options: Parameters<typeof openApp>[0]): Promise<Response> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fetch(options.request).catch(() => undefined), late]);
  return answer !== undefined && answer.status < 500 ? answer : openApp(options);
}

/** All of this version, and nothing of another. What cannot be had now comes when the page says so again. */
async function keepMaps(): Promise<void> {
  const cache = await caches.open(MAPS_CACHE);
  const here = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(here.filter((path) => !MAPS.includes(path)).map((path) => cache.delete(path)));
  await cache.addAll(MAPS.filter((path) => !here.includes(path))).catch(() => undefined);
}

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'keep-maps') event.waitUntil(keepMaps());
  if (event.data?.kind === 'take-over') void self.skipWaiting();
});
