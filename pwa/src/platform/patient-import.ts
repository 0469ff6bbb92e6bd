/**
 * Around every `import()` of the built app (vite.config.ts puts it there).
 *
 * Browsers remember an import that failed and never try it again until the page is loaded anew (whatwg/html#6768). So its file is
 * fetched first, which may fail and be tried again; the import then finds it in the browser's cache.
 */

import { fetchOfType } from './patient-fetch.ts';

/** What runs already is not asked for again: no cache has to hold it. */
const here: Set<string | undefined> = new Set([undefined]);

/** The name is the one that Vite calls; `load` is `() => import("./name-hash.js")`. Rejects when the file cannot be had now. */
export async function __vitePreload<Module>(load: () => Promise<Module>): Promise<Module> {
  const name = /import\(\s*["'`]([^"'`]+)["'`]\s*\)/.exec(load.toString())?.[1];
  if (!here.has(name)) await (await fetchOfType(new URL(name ?? '', import.meta.url).href, 'javascript')).arrayBuffer();
  const module = await load();
  here.add(name);
  return module;
}
