/** Makes an app whose server is a function, opens its one interview, and draws every component in every state. */

import { signal } from '@preact/signals';
import { render } from 'preact';
import { createApp } from '../src/app/create.ts';
import type { App, Looks } from '../src/app/index.ts';
import type { Environment } from '../src/environment.ts';
import type { CatalogueShelf } from '../src/i18n/catalogue.ts';
import { packedCatalogue } from '../src/i18n/sentence-name.ts';
import { browserEnvironment } from '../src/platform/browser.ts';
import { makeAnnouncer } from '../src/ui/announcer.ts';
import { makeLaterShelf } from '../src/ui/later-shelf.ts';
import { startRouter } from '../src/ui/router.ts';
import '../src/ui/styles/index.css';
import '../src/ui/styles/later.css';
import '../src/ui/styles/tables.css';
import { Toast } from '../src/ui/pieces/toast.tsx';
import { type Tools, ToolsContext } from '../src/ui/tools.ts';
import { Boards } from './boards.tsx';
import { ConsoleBoard } from './console-board.tsx';
import { Questions } from './questions.tsx';
import { answer, SECRET } from './server.ts';
import { Switches } from './switches.tsx';
import { REPORT, RESPONSES } from './things.ts';

const COLOURS: readonly Looks['colours'][] = ['light', 'dark', 'contrast'];
const WORDS = import.meta.glob<{ default: object }>('../src/generated/messages/*.json');

void open();

async function open(): Promise<void> {
  const place = document.getElementById('app');
  if (place === null) throw new Error('index.html has lost its element with the id "app".');
  const { app, ready } = createApp({
    environment: designEnvironment(),
    catalogues: designCatalogues(),
    databaseName: 'fieldwell-design',
    version: '0',
  });
  await ready;
  await app.actions.enrol(SECRET);
  await showAsAddressed(app);
  await app.actions.beginResponse('design');
  const router = startRouter(window);
  const later = makeLaterShelf(() => import('../src/ui/later.ts'));
  await later.fetch();
  const tools: Tools = {
    app: inEveryState(app),
    router,
    announcer: makeAnnouncer(window),
    later,
    home: signal(),
    playing: signal(),
    shown: signal(),
  };
  render(<Page tools={tools} />, place);
  showDirectionAsAddressed();
  document.documentElement.dataset['drawn'] = 'yes';
}

function Page({ tools }: { readonly tools: Tools }) {
  const interview = tools.app.interview.value;
  return (
    <ToolsContext.Provider value={tools}>
      <div class="frame">
        <Switches />
        <main class="page" id="page" tabIndex={-1}>
          <h1>Every component in every state</h1>
          <Boards open={addressed('open') === 'dialogue'} />
          <ConsoleBoard />
          {interview && <Questions interview={interview} />}
        </main>
        <Toast />
      </div>
    </ToolsContext.Provider>
  );
}

function designEnvironment(): Environment {
  const environment = browserEnvironment();
  const network = {
    send: async (request: Parameters<typeof answer>[0]) => answer(request),
    download: async () => ({ kind: 'lost' }) as const,
  };
  return { ...environment, network };
}

function designCatalogues(): CatalogueShelf {
  const files = new Map(Object.entries(WORDS).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]));
  return {
    languages: [...files.keys()],
    load: async (lang) => packedCatalogue((await files.get(lang)?.())?.default ?? {}),
  };
}

/** As if something waited, and there were a response in each state. */
function inEveryState(app: App): App {
  return { ...app, sync: signal(REPORT), responses: signal(RESPONSES) };
}

async function showAsAddressed({ actions, languages }: App): Promise<void> {
  const lang = languages.find((known) => known.lang === addressed('lang'))?.lang;
  if (lang !== undefined) await actions.setLanguage(lang);
  const colours = COLOURS.find((known) => known === addressed('colours')) ?? 'system';
  await actions.setLooks({ colours, large: addressed('size') === 'large' });
}

function showDirectionAsAddressed(): void {
  const direction = addressed('dir');
  if (direction === 'rtl' || direction === 'ltr') document.documentElement.dir = direction;
}

function addressed(name: string): string | null {
  return new URLSearchParams(window.location.search).get(name);
}
