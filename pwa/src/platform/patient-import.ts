/**
 * Around every `import()` of the built app (vite.config.ts puts it there).
 *
 * Browsers remember an import that failed and never try it again until the page is loaded anew (whatwg/html#6768). So its file is
 * fetched first, which may fail and be tried again; the import then finds it in the browser's cache.
 */

/** The name is the one that Vite calls; `load` is `() => import("./name-hash.js")`. Rejects when the file cannot be had now. */
export async function __vitePreload<Module>(load: () => Promise<Module>): Promise<Module> {
  const name = /import\(\s*["'`]([^"'`]+)["'`]\s*\)/.exec(load.toString())?.[1];
  if (name !== undefined) await fetchWhole(new URL(name, import.meta.url));
  return load();
}

/** What the browser has kept may be a Wi-Fi's sign-in page; then it is asked for anew. */
async function fetchWhole(address: URL): Promise<void> {
  const kept = await fetch(address);
  const answer = isScript(kept) ? kept : await fetch(address, { cache: 'reload' });
  if (!isScript(answer)) throw new TypeError(`${address.pathname} could not be fetched: status ${answer.status}.`);
  await answer.arrayBuffer();
}

function isScript({ ok, headers }: Response): boolean {
  return ok && /javascript/.test(headers.get('Content-Type') ?? '');
}
