/** Builds the app into ../server/static/pwa: hashed assets, then the service worker that knows them all, then .gz beside each text. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { licencesOf, packagesOfApp } from './scripts/licences.ts';
import { packedCatalogue } from './src/i18n/sentence-name.ts';

const MESSAGES = join(import.meta.dirname, 'src/generated/messages');
const MAIN = join(import.meta.dirname, 'src/main.tsx');
const OUTPUT = '../server/static/pwa';
/** Chrome and WebView 87, Safari and iOS 15, Firefox 115 (ARCHITECTURE.md). */
const BROWSERS = ['chrome87', 'safari15', 'firefox115'];
const TEXTS = /\.(html|js|css|svg|json|txt|webmanifest)$/;
/** Only the system asks for these, when the app is put on a home screen; the app opens without them. */
const ICONS_OF_THE_SYSTEM = /^icons\/.*\.png$/;
/** Letters that a person may fetch (src/ui/letters), and their licence. */
const LETTERS = /^assets\/(noto-|LICENSE-)/;
/** Of the packages whose code is in the app: linked from its help, read by few, and so kept by no phone. */
const LICENCES = 'licences.txt';
/** What draws maps (src/ui/map): workers' phones keep it besides (src/sw), since it is larger than all the rest. */
const MAPS = /^assets\/(canvas|leaflet-src|tiles|map|layers|layers-2x|marker-icon)-[\w-]{8}\.(js|css|png)$/;
/** What a first visit fetches of the app before it can ask anything: page, script and styles, gzipped. Forms come on top, and words. */
const MOST_FIRST_BYTES = 56_000;
/** What the link of a new worker fetches besides: the screen and its steps, gzipped. */
const MOST_ENROL_BYTES = 3_000;
/** What a worker's home fetches besides, gzipped. */
const MOST_HOME_BYTES = 3_500;
const HOME = /\/src\/ui\/home\/(forms|no-interview-row|to-correct|today-at|worker-home)\.tsx$/;
const ENROLLING = /\/src\/(app\/enrolling|ui\/home\/(enrol|enrol-result|enrolling|offline-line))\.tsx?$/;
/** All that the app says in one language, gzipped. */
const MOST_WORDS_BYTES = 14_000;
/** Files whose name carries their hash need no revision of their own. */
const NAMED_BY_HASH = /^assets\//;
/** Of code, and not of types or styles. */
const IMPORT = /(?:^|\n)(?:import|export)(?! type)[^'"`;]*?from '(\.[^']+\.tsx?)'/g;

interface WordFile {
  readonly lang: string;
  readonly name: string;
  readonly source: string;
}

const WORD_FILES = wordFiles();

export default defineConfig({
  define: {
    APP_VERSION: JSON.stringify(manifest.version),
    WORD_FILES: JSON.stringify(Object.fromEntries(WORD_FILES.map(({ lang, name }) => [lang, `/${name}`]))),
  },
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
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'index', test: isFirst },
            { name: 'enrol', test: ENROLLING },
            { name: 'home', test: HOME },
          ],
        },
      },
    },
    reportCompressedSize: false,
  },
  server: { proxy: { '^/(sync|forms|devices|places)/': 'http://localhost:8000' } },
  plugins: [plainPrivateMembers(), catalogues(), licences(), patientImports(), shell()],
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

/** Each language's sentences in one file, by short names for the English ones, which would be half of its bytes. */
function wordFiles(): WordFile[] {
  const names = readdirSync(MESSAGES).filter((name) => name.endsWith('.json'));
  return names.sort().map((file) => {
    const source = JSON.stringify(packedCatalogue(JSON.parse(readFileSync(join(MESSAGES, file), 'utf8'))));
    const lang = file.replace(/\.json$/, '');
    const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
    return { lang, name: `assets/words-${lang}-${hash}.json`, source };
  });
}

/** The app fetches them by itself when their language is chosen (src/platform/catalogues.ts). */
function catalogues(): Plugin {
  return {
    name: 'fieldwell-catalogues',
    generateBundle() {
      for (const { name, source } of WORD_FILES) this.emitFile({ type: 'asset', fileName: name, source });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const found = WORD_FILES.find(({ name }) => request.url === `/${name}`);
        if (found === undefined) next();
        else response.setHeader('Content-Type', 'application/json').end(found.source);
      });
    },
  };
}

function licences(): Plugin {
  return {
    name: 'fieldwell-licences',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: LICENCES, source: licencesOf(packagesOfApp()) });
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

/** One file for all that runs first: the build would part it by who else needs what, and each part is one more wait on a slow line. */
function isFirst(id: string): boolean {
  return (
    filesFrom(MAIN).has(id) || /node_modules\/(preact|@preact|idb)\/|preload-helper|patient-import|\.css\b/.test(id)
  );
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
    async closeBundle(error?: Error) {
      // What went wrong before is told by the build itself.
      if (error !== undefined) return;
      const folder = join(import.meta.dirname, OUTPUT);
      const maps = filesIn(folder).filter((name) => MAPS.test(name));
      await buildServiceWorker(
        'sw',
        shellEntries(folder),
        maps.map((name) => `/${name}`),
      );
      await buildServiceWorker('off', []);
      compressTexts(folder);
      weighFirstVisit(folder);
    },
  };
}

function shellEntries(folder: string): { url: string; revision: string | null }[] {
  const names = filesIn(folder).filter(
    (name) => !ICONS_OF_THE_SYSTEM.test(name) && !LETTERS.test(name) && !MAPS.test(name) && name !== LICENCES,
  );
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

/** `off` ends itself; the server gives it under the name of the other while the kept app is switched off. */
async function buildServiceWorker(
  name: 'sw' | 'off',
  entries: readonly unknown[],
  maps: readonly string[] = [],
): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { SHELL: JSON.stringify(entries), MAPS: JSON.stringify(maps), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      target: BROWSERS,
      rollupOptions: {
        input: `src/sw/${name}.ts`,
        output: { format: 'iife', entryFileNames: name === 'sw' ? 'sw.js' : 'sw-off.js' },
      },
    },
  });
}

function compressTexts(folder: string): void {
  for (const name of filesIn(folder).filter((file) => TEXTS.test(file))) {
    const path = join(folder, name);
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION, memLevel: 7 }));
  }
}

/** Data is dear to residents, and each kilobyte is 20 ms on a slow phone. Raise the limit only when nothing can be fetched later. */
function weighFirstVisit(folder: string): void {
  refuseWaits(folder);
  const size = (name: string): number => statSync(join(folder, `${name}.gz`)).size;
  const assets = filesIn(folder).filter((name) => /\.(js|css)$/.test(name) && NAMED_BY_HASH.test(name));
  const enrol = assets.filter((name) => /\/enrol-/.test(name));
  if (enrol.length !== 1 || enrol.some((name) => size(name) > MOST_ENROL_BYTES))
    throw new Error(`The link of a new worker needs one file of at most ${MOST_ENROL_BYTES} bytes: ${enrol}.`);
  const home = assets.filter((name) => /\/home-/.test(name));
  if (home.length !== 1 || home.some((name) => size(name) > MOST_HOME_BYTES))
    throw new Error(`A worker's home needs one file of at most ${MOST_HOME_BYTES} bytes: ${home}.`);
  const first = assets.filter((name) => /\/index-/.test(name));
  const bytes = ['index.html', ...first].reduce((sum, name) => sum + size(name), 0);
  if (bytes > MOST_FIRST_BYTES)
    throw new Error(
      `A first visit fetches ${bytes} bytes; the limit is ${MOST_FIRST_BYTES}. Move something to src/ui/later.ts.`,
    );
  for (const { lang, name } of WORD_FILES)
    if (size(name) > MOST_WORDS_BYTES)
      throw new Error(`The words in ${lang} are ${size(name)} bytes; the limit is ${MOST_WORDS_BYTES}. Say less.`);
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
