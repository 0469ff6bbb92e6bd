/** A phone for tests: its clock moves only when it is looked at, its network answers as the test says, its page notes what it is told. */

import 'fake-indexeddb/auto';
import type {
  DeviceStorage,
  Download,
  Environment,
  NetworkAnswer,
  NetworkRequest,
  Page,
  WakeReason,
} from '../../environment.ts';
import { sha256 } from '../../sync/sha256.ts';

const LOGIC = JSON.stringify({
  format: 1,
  form: { id: 'aab', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'asset_name', parent: 0, kind: 'leaf', type: 'string', control: 'input', label: 'asset_name' },
    { name: '__proto__', parent: 0, kind: 'leaf', type: 'string', control: 'input', required: ['call', 'true'] },
  ],
  lists: {},
  order: [],
});

function packText(lang: string, title: string): string {
  return JSON.stringify({ format: 1, form: { id: 'aab', version: '1' }, lang, title, texts: { asset_name: title } });
}

/** A form with a list from a file, a photo, the place it was begun at, and answers that travel apart. */
const RICH_LOGIC = JSON.stringify({
  format: 1,
  form: { id: 'rich', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    {
      name: 'place',
      parent: 0,
      kind: 'leaf',
      type: 'string',
      control: 'select1',
      choices: { nodes: choicesOf('places'), value: 'name', text: 'label', literal: true },
    },
    { name: 'photo', parent: 0, kind: 'leaf', type: 'binary', control: 'upload', media: 'image/*' },
    { name: 'begun_at', parent: 0, kind: 'leaf', type: 'geopoint', set: [{ event: 'first-load', position: true }] },
    { name: 'equality', parent: 0, kind: 'group' },
    { name: 'age', parent: 4, kind: 'leaf', type: 'string', control: 'input' },
    { name: 'ended', parent: 0, kind: 'leaf', type: 'dateTime', preload: 'end' },
    { name: 'shots', parent: 0, kind: 'repeat', control: 'repeat' },
    { name: 'shot', parent: 7, kind: 'leaf', type: 'binary', control: 'upload', media: 'image/*' },
  ],
  lists: { places: { file: 'places.csv' } },
  order: [],
});

function choicesOf(list: string): unknown {
  return ['path', ['call', 'instance', ['str', list]], ['child', 'root'], ['child', 'item']];
}

/** A picture that goes with the words of the second form. */
export const PICTURE = 'not really a picture, but bytes';

const RICH_PACK = JSON.stringify({
  format: 1,
  form: { id: 'rich', version: '1' },
  lang: 'en',
  title: 'Rich',
  texts: { place: { text: 'Where?', image: 'map.png' } },
  media: { 'map.png': sha256(PICTURE) },
});

export function listText(...names: readonly string[]): string {
  return JSON.stringify({ format: 1, columns: ['name', 'label'], rows: names.map((name) => [name, name]) });
}

const PACKS = new Map([
  ['en', packText('en', 'Assets')],
  ['bn', packText('bn', 'সম্পদ')],
]);

export const SECRET = 'one-time-secret';

export interface Phone {
  readonly environment: Environment;
  readonly requests: NetworkRequest[];
  readonly page: { saved: boolean; lang: string; secret: string | undefined; mark: boolean; persistAsked: number };
  wake(reason: WakeReason): void;
}

export type Answerer = (request: NetworkRequest) => NetworkAnswer;

export function makePhone(answerer: () => Answerer): Phone {
  const requests: NetworkRequest[] = [];
  const page: Phone['page'] = { saved: true, lang: '', secret: SECRET, mark: false, persistAsked: 0 };
  const wakers: ((reason: WakeReason) => void)[] = [];
  const environment: Environment = {
    ...clockAndChance(),
    network: {
      async send(request) {
        requests.push(request);
        return answerer()(request);
      },
      async download({ path, timeout }) {
        requests.push({ method: 'GET', path, timeout });
        return downloaded(answerer()({ method: 'GET', path, timeout }));
      },
    },
    digests: { sha256: async () => undefined },
    storage: notedStorage(page),
    locks: { hold: async () => ({ release: () => undefined }) },
    locale: { preferred: ['bn-BD', 'en'] },
    page: notedPage(page, wakers),
  };
  return {
    environment,
    requests,
    page,
    wake(reason) {
      for (const tell of wakers) tell(reason);
    },
  };
}

/** Every look at the clock is a millisecond later; timers never go off; bytes follow from the time. */
function clockAndChance(): Pick<Environment, 'clock' | 'random'> {
  let milliseconds = Date.UTC(2026, 10, 20, 10);
  return {
    clock: {
      now() {
        milliseconds += 1;
        return milliseconds;
      },
      offset: () => 0,
      after: () => () => undefined,
    },
    random: {
      bytes: (count) => new Uint8Array(count).map((_, index) => (milliseconds * 7 + index * 13) % 256),
      fraction: () => 0,
    },
  };
}

function notedStorage(page: Phone['page']): DeviceStorage {
  return {
    usable: true,
    async persist() {
      page.persistAsked += 1;
      return true;
    },
    hasMark: () => page.mark,
    leaveMark() {
      page.mark = true;
    },
  };
}

function notedPage(page: Phone['page'], wakers: ((reason: WakeReason) => void)[]): Page {
  return {
    secret: () => page.secret,
    forgetSecret() {
      page.secret = undefined;
    },
    showLanguage(lang) {
      page.lang = lang;
    },
    showSaved(saved) {
      page.saved = saved;
    },
    onWake: (listener) => void wakers.push(listener),
    onShell: (listener) => listener('kept'),
    whenQuiet: () => undefined,
    onUpdate: () => undefined,
    useUpdate: () => undefined,
  };
}

/** A server that enrols, has one form in two languages, and stores whatever it is sent. */
export function goodServer(pushed: string[] = []): Answerer {
  const texts = [...PACKS].map(([lang, text]) => languageEntry(lang, text));
  const form = { id: 'aab', version: '1', logic: sha256(LOGIC), default_lang: 'en', langs: texts };
  return serverOf([form], { bodies: [LOGIC, ...PACKS.values()], pushed });
}

/** As goodServer, with the form `rich`; `list` is the list of places as it is published now. */
export function richServer(list: string, pushed: string[] = []): Answerer {
  const form = {
    id: 'rich',
    version: '1',
    logic: sha256(RICH_LOGIC),
    default_lang: 'en',
    langs: [languageEntry('en', RICH_PACK)],
    lists: [{ id: 'places', file: 'places.csv', sha256: sha256(list), rows: 1 }],
  };
  return serverOf([form], { bodies: [RICH_LOGIC, RICH_PACK, list, PICTURE], pushed });
}

function languageEntry(lang: string, text: string): unknown {
  return { lang, autonym: lang, texts: sha256(text), draft: false, title: titleIn(text) };
}

interface Stock {
  readonly bodies: readonly string[];
  /** Headers that were pushed, as they come. */
  readonly pushed: string[];
}

function serverOf(forms: readonly unknown[], { bodies, pushed }: Stock): Answerer {
  const manifest = { forms };
  const byName = new Map(bodies.map((text) => [sha256(text), text]));
  return ({ path, body }) => {
    if (path === '/devices/v1/enrol') return json(201, enrolled(body ?? '', manifest));
    if (path === '/forms/v1/manifest') return json(200, manifest);
    if (path.startsWith('/forms/v1/')) return text(200, byName.get(path.replace(/^.*\//, '')) ?? '');
    if (path === '/sync/v1/hello')
      return json(200, {
        protocol: { min: 1, max: 1 },
        server_id: 's',
        forms: sha256(JSON.stringify(manifest)),
        safe_seq: 0,
      });
    if (path === '/sync/v1/push') return json(200, { receipts: receiptsFor(body ?? '', pushed) });
    return json(200, { reset: false, changes: [], cursor: 'c', more: false });
  };
}

export const noNetwork: Answerer = () => ({ kind: 'lost', why: 'unreachable' });

function titleIn(pack: string): unknown {
  const parsed: { title: unknown } = JSON.parse(pack);
  return parsed.title;
}

function enrolled(body: string, manifest: unknown): unknown {
  const asked: { device: string } = JSON.parse(body);
  return {
    token: 'fw1.a.b',
    device: asked.device,
    name: 'Amina',
    neighbourhood: { id: 'old-ford', name: 'Old Ford' },
    server_id: 's',
    forms: manifest,
  };
}

function receiptsFor(body: string, pushed: string[]): unknown {
  const batch: { items: { rev: string; header: string }[] } = JSON.parse(body);
  return batch.items.map(({ rev, header }, index) => {
    pushed.push(header);
    return { index, rev, status: 'stored', missing: [] };
  });
}

/** Bytes are the UTF-8 bytes of what the server says as text. */
function downloaded(answer: NetworkAnswer): Download {
  if (answer.kind === 'lost') return { kind: 'lost' };
  if (answer.status !== 200 || answer.body === '') return { kind: 'not-found' };
  return { kind: 'found', content: new TextEncoder().encode(answer.body).buffer, type: 'image/png' };
}

function json(status: number, value: unknown): NetworkAnswer {
  return text(status, JSON.stringify(value));
}

function text(status: number, body: string): NetworkAnswer {
  return { kind: 'answer', status, body };
}
