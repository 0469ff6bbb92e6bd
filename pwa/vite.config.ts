/** Builds the app into ../server/static/pwa: hashed assets, then the service worker that knows them all, then .gz beside each text. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { packedCatalogue } from './src/i18n/sentence-name.ts';

const MAIN = join(import.meta.dirname, 'src/main.tsx');
const OUTPUT = '../server/static/pwa';
/** Chrome and WebView 87, Safari and iOS 15, Firefox 115 (ARCHITECTURE.md). */
const BROWSERS = ['chrome87', 'safari15', 'firefox115'];
const TEXTS = /\.(html|js|css|svg|json|webmanifest)$/;
/** Only the system asks for these, when the app is put on a home screen; the app opens without them. */
const ICONS_OF_THE_SYSTEM = /^icons\/.*\.png$/;
/** What a first visit fetches of the app until its first question: page, script, styles and a language, gzipped. Forms come on top. */
const MOST_FIRST_BYTES = 57_000;
/** Files whose name carries their hash need no revision of their own. */
const NAMED_BY_HASH = /^assets\//;
/** `t('…')` and `plural('…', …)`, as tests/test_translations.py looks for them. */
const SENTENCE = /\b(?:t|plural)\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;
/** Of code, and not of types or styles. */
const IMPORT = /(?:^|\n)(?:import|export)(?! type)[^'"`;]*?from '(\.[^']+\.tsx?)'/g;

export default defineConfig({
  define: { APP_VERSION: JSON.stringify(manifest.version) },
  build: {
    outDir: OUTPUT,
    emptyOutDir: true,
    target: BROWSERS,
    // The shell's Content-Security-Policy is 'self', which data: addresses are not.
    assetsInlineLimit: 0,
    // No chunk has styles or neighbours to fetch beside it, so import() alone is enough.
    modulePreload: false,
    rollupOptions: {
      output: {
        chunkFileNames: nameOfChunk,
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'index', test: isFirst }] },
      },
    },
    reportCompressedSize: false,
  },
  server: { proxy: { '^/(sync|forms|devices)/': 'http://localhost:8000' } },
  plugins: [plainPrivateMembers(), packedCatalogues(), patientImports(), shell()],
  json: { namedExports: false },
});

/**
 * Writes `#name` as `$1`, one number per name. The oldest browsers of the floor would otherwise get a WeakMap for every private
 * member, which costs size and slows the form engine; that nobody reaches for them is checked by tsc, before this.
 */
function plainPrivateMembers(): Plugin {
  const numbers = new Map<string, number>();
  return {
    name: 'fieldwell-plain-private-members',
    apply: 'build',
    transform: {
      order: 'pre',
      filter: { id: /\/src\/.*\.tsx?$/ },
      handler(code, id) {
        let written = '';
        let from = 0;
        for (const { name, start, end } of privateNames(
          this.parse(code, { lang: id.endsWith('x') ? 'tsx' : 'ts' }),
        ).sort((one, other) => one.start - other.start)) {
          if (!numbers.has(name)) numbers.set(name, numbers.size);
          written += `${code.slice(from, start)}$${numbers.get(name)}`;
          from = end;
        }
        return { code: written + code.slice(from), map: null };
      },
    },
  };
}

/**
 * Catalogues by short names for the English sentences, which would be half of every catalogue's bytes; and in two parts: what a first
 * visit can say, and with `?later` all that is said by screens that are fetched apart.
 */
function packedCatalogues(): Plugin {
  return {
    name: 'fieldwell-packed-catalogues',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/generated\/messages\/[\w-]+\.json(\?later)?$/ },
      handler(code, id) {
        const first = sentencesIn(filesFrom(MAIN));
        const said: Record<string, unknown> = JSON.parse(code);
        // Packed whole before it is parted, so that no two sentences of one name end in different parts.
        packedCatalogue(said);
        const isLater = id.endsWith('?later');
        const wanted = Object.entries(said).filter(([sentence]) => isLater !== first.has(sentence));
        const packed = JSON.stringify(packedCatalogue(Object.fromEntries(wanted)));
        // With a query, the build takes it for a script.
        return isLater ? { code: `export default ${packed}`, moduleType: 'js' } : packed;
      },
    },
  };
}

/** A file, and all that it imports before it runs. */
function filesFrom(path: string, found: Set<string> = new Set()): ReadonlySet<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) filesFrom(join(path, '..', name), found);
  return found;
}

function sentencesIn(files: ReadonlySet<string>): ReadonlySet<string> {
  const found = [...files].flatMap((path) => [...readFileSync(path, 'utf8').matchAll(SENTENCE)]);
  const sentences = found.map(([, single = '', double = '']) => (single || double).replace(/\\(['"])/g, '$1'));
  return new Set(['X-Fieldwell-State', ...sentences]);
}

/** One file for all that runs first: the build would part it by who else needs what, and each part is one more wait on a slow line. */
function isFirst(id: string): boolean {
  return (
    filesFrom(MAIN).has(id) || /node_modules\/(preact|@preact|idb)\/|preload-helper|patient-import|\.css\b/.test(id)
  );
}

/** Both parts of a catalogue would have the name of its language. */
function nameOfChunk({ facadeModuleId }: { readonly facadeModuleId: string | null }): string {
  return facadeModuleId?.endsWith('?later') ? 'assets/words-[name]-[hash].js' : 'assets/[name]-[hash].js';
}

/** Vite's helper around `import()` looks after styles and neighbours, which no chunk here has; ours after a network that comes and goes. */
function patientImports(): Plugin {
  const ours = join(import.meta.dirname, 'src/platform/patient-import.ts');
  return {
    name: 'fieldwell-patient-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => `export { __vitePreload } from ${JSON.stringify(ours)};`,
    },
  };
}

interface PrivateName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Where in the code the private names are. */
function privateNames(tree: unknown): PrivateName[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('type' in tree && tree.type === 'PrivateIdentifier' && 'name' in tree && 'start' in tree && 'end' in tree) {
    return [{ name: String(tree.name), start: Number(tree.start), end: Number(tree.end) }];
  }
  return Object.values(tree).flatMap(privateNames);
}

/** What only the finished build can know: which files there are. */
function shell(): Plugin {
  return {
    name: 'fieldwell-shell',
    apply: 'build',
    async closeBundle() {
      const folder = join(import.meta.dirname, OUTPUT);
      await buildServiceWorker(shellEntries(folder));
      compressTexts(folder);
      weighFirstVisit(folder);
    },
  };
}

function shellEntries(folder: string): { url: string; revision: string | null }[] {
  const names = filesIn(folder).filter((name) => !ICONS_OF_THE_SYSTEM.test(name));
  return names.map((name) => {
    const revision = NAMED_BY_HASH.test(name)
      ? null
      : createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')
          .slice(0, 16);
    return { url: `/${name}`, revision };
  });
}

async function buildServiceWorker(entries: readonly unknown[]): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { SHELL: JSON.stringify(entries), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      target: BROWSERS,
      rollupOptions: {
        input: 'src/sw/sw.ts',
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  });
}

function compressTexts(folder: string): void {
  for (const name of filesIn(folder).filter((file) => TEXTS.test(file))) {
    const path = join(folder, name);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
  }
}

/** Data is dear to residents, and each kilobyte is 20 ms on a slow phone. Raise the limit only when nothing can be fetched later. */
function weighFirstVisit(folder: string): void {
  refuseWaits(folder);
  const size = (name: string): number => statSync(join(folder, `${name}.gz`)).size;
  const assets = filesIn(folder).filter((name) => /\.(js|css)$/.test(name) && NAMED_BY_HASH.test(name));
  const first = assets.filter((name) => /\/index-/.test(name));
  const languages = assets.filter((name) => /\/[a-z]{2}(-\w+)?-[\w-]{8}\.js$/.test(name));
  const bytes = ['index.html', ...first].reduce((sum, name) => sum + size(name), Math.max(0, ...languages.map(size)));
  if (bytes > MOST_FIRST_BYTES)
    throw new Error(
      `A first visit fetches ${bytes} bytes; the limit is ${MOST_FIRST_BYTES}. Move something to src/ui/later.ts.`,
    );
}

/** What the first script imports is another wait, and would not be weighed. */
function refuseWaits(folder: string): void {
  const [first = '', ...others] = filesIn(folder).filter((name) => /\/index-[^/]*\.js$/.test(name));
  const imported = /^import\b[^(]/.test(readFileSync(join(folder, first), 'utf8'));
  if (imported || others.length > 0)
    throw new Error('The first script imports another file: one file is to hold all that runs first.');
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')).sort();
}
