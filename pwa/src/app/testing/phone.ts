/** A phone for tests: its clock moves only when it is looked at, its network answers as the test says, its page notes what it is told. */

import 'fake-indexeddb/auto';
import type {
  DeviceStorage,
  Download,
  Environment,
  Mark,
  NetworkAnswer,
  NetworkRequest,
  Page,
  Room,
  WakeReason,
} from '../../environment.ts';
import { sha256 } from '../../sync/sha256.ts';
import { FakeCentral } from './central.ts';
import { type TestGuard, testGuard } from './guard.ts';
import { clockAndChance } from './time.ts';

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
  readonly page: {
    saved: boolean;
    lang: string;
    looks: { readonly colours: string; readonly large: boolean } | undefined;
    secret: string | undefined;
    mark: Mark | undefined;
    persistAsked: number;
    room: Room | undefined;
  };
  /** Set the clock on: milliseconds, back when below 0. */
  turnClock(milliseconds: number): void;
  /** Let the timers go off that have been set so far. */
  runTimers(): void;
  wake(reason: WakeReason): void;
  /** Somebody touches the screen of every tab. */
  touch(): void;
}

export type Answerer = (request: NetworkRequest) => NetworkAnswer;

export function makePhone(answerer: () => Answerer): Phone {
  const requests: NetworkRequest[] = [];
  const page: Phone['page'] = {
    saved: true,
    lang: '',
    looks: undefined,
    secret: SECRET,
    mark: undefined,
    persistAsked: 0,
    room: undefined,
  };
  const wakers: ((reason: WakeReason) => void)[] = [];
  const guards: TestGuard[] = [];
  const time = clockAndChance();
  const environment: Environment = {
    clock: time.clock,
    random: time.random,
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
    locks: { available: true, hold: async () => ({ release: () => undefined }) },
    locale: { preferred: ['bn-BD', 'en'] },
    page: notedPage(page, wakers),
    guard: async () => {
      const guard = testGuard(guards);
      guards.push(guard);
      return guard;
    },
  };
  return {
    environment,
    requests,
    page,
    turnClock: time.turn,
    runTimers: time.runTimers,
    wake(reason) {
      for (const tell of wakers) tell(reason);
    },
    touch() {
      for (const guard of guards) guard.touch();
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
    room: async () => page.room,
    mark: () => page.mark,
    leaveMark(mark) {
      page.mark = mark;
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
    showLooks(colours, large) {
      page.looks = { colours, large };
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
  return goodServerWith(new FakeCentral(pushed));
}

/** As goodServer; what was sent is in `central`. */
export function goodServerWith(central: FakeCentral): Answerer {
  const texts = [...PACKS].map(([lang, text]) => languageEntry(lang, text));
  const form = { id: 'aab', version: '1', logic: sha256(LOGIC), default_lang: 'en', langs: texts };
  return serverOf([form], { bodies: [LOGIC, ...PACKS.values()], central });
}

/** As goodServer, with the form `rich`; `list` is the list of places as it is published now. */
export function richServer(list: string, pushed: string[] = []): Answerer {
  return richServerWith(list, new FakeCentral(pushed));
}

/** As richServer; what was sent is in `central`. `said`: what people have recorded, one sound for each question. */
export function richServerWith(list: string, central: FakeCentral, said: readonly string[] = []): Answerer {
  const pack = JSON.stringify({ format: 1, sounds: Object.fromEntries(said.map(soundEntry)) });
  const spoken = { lang: 'en', name: 'English', beside: 'en', sounds: sha256(pack), count: said.length, bytes: 100 };
  const form = {
    id: 'rich',
    version: '1',
    logic: sha256(RICH_LOGIC),
    default_lang: 'en',
    langs: [languageEntry('en', RICH_PACK)],
    lists: [{ id: 'places', file: 'places.csv', sha256: sha256(list), rows: 1 }],
    ...(said.length === 0 ? {} : { spoken: [spoken] }),
  };
  return serverOf([form], { bodies: [RICH_LOGIC, RICH_PACK, list, PICTURE, pack, ...said], central });
}

function soundEntry(sound: string, place: number): [key: string, entry: unknown] {
  return [`/data/question_${place}:label`, { sha256: sha256(sound), bytes: sound.length }];
}

function languageEntry(lang: string, text: string): unknown {
  return { lang, autonym: lang, texts: sha256(text), draft: false, title: titleIn(text) };
}

interface Stock {
  readonly bodies: readonly string[];
  readonly central: FakeCentral;
}

function serverOf(forms: readonly unknown[], { bodies, central }: Stock): Answerer {
  const manifest = { forms };
  const byName = new Map(bodies.map((body) => [sha256(body), body]));
  central.forms = sha256(JSON.stringify(manifest));
  return (request) => {
    const { path, body } = request;
    if (path === '/devices/v1/enrol') return json(201, enrolled(body ?? '', manifest));
    if (path === '/forms/v1/manifest') return json(200, manifest);
    if (path.startsWith('/forms/v1/')) return text(200, byName.get(path.replace(/^.*\//, '')) ?? '');
    return central.answer(request);
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
