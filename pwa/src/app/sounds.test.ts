/** Which recordings come to a phone by themselves, and what is made of a sound pack. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import type { StoredForm, StoredSpoken } from '../store/schema.ts';
import { readManifest } from './manifest.ts';
import { MOST_AHEAD_BYTES, parseSounds, SoundShelf } from './sounds.ts';

const KEY = '/data/who:label';

function spoken(lang: string, beside: string, bytes = 1_000): StoredSpoken {
  return { lang, beside, bytes, name: lang, sounds: `pack-${lang}`, count: 1 };
}

const FORM: StoredForm = {
  id: 'walk',
  version: '1',
  logic: 'l',
  defaultLang: 'en',
  languages: ['en', 'bn', 'so'].map((lang) => ({ lang, autonym: lang, title: '', draft: false, texts: lang })),
  spoken: [spoken('en', 'en'), spoken('syl', 'bn'), spoken('so', 'so')],
};

interface Desk {
  readonly sounds: SoundShelf;
  /** Unasked. */
  readonly fetched: string[];
  readonly asked: string[];
  readonly lang: { value: string };
  readonly kept: unknown[];
}

async function desk({
  lang = 'en',
  worker = true,
  dear = false as boolean | undefined,
  kept = undefined as unknown,
  readOrFetch = async (_kind: string, name: string): Promise<string | undefined> => packOf(name),
} = {}): Promise<Desk> {
  const fetched: string[] = [];
  const asked: string[] = [];
  const written: unknown[] = [];
  const inUse = signal(lang);
  const sounds = new SoundShelf({
    environment: { network: { send: never, download: never, dear: () => dear } },
    storage: {
      read: async () => ({ kind: 'done', value: kept as never }),
      write: async (work) => {
        written.push(work);
        return { kind: 'done', value: undefined as never };
      },
    },
    library: { readOrFetch },
    media: {
      fetchNow: async () => undefined,
      fetchAll: async (names) => void asked.push(...names),
      fetchUnasked: async (names) => void fetched.push(...names),
    },
    lang: () => inUse.value,
    isWorkers: () => worker,
  });
  await sounds.load();
  return { sounds, fetched, asked, lang: inUse, kept: written };
}

async function never(): Promise<never> {
  throw new Error('The network is not asked here.');
}

function packOf(name: string): string {
  return JSON.stringify({ format: 1, sounds: { [KEY]: { sha256: `sound of ${name}`, bytes: 1_000 } } });
}

test('a phone with bytes to spare has the language in use and the first two of the form', async () => {
  const { sounds, fetched } = await desk({ lang: 'so' });
  await sounds.fetchAhead([FORM]);
  assert.deepEqual(fetched, ['sound of pack-so', 'sound of pack-en', 'sound of pack-syl'], 'what is in use first');
});

test('where bytes are dear, the language in use comes and no other', async () => {
  const { sounds, fetched } = await desk({ lang: 'bn-BD', dear: true });
  await sounds.fetchAhead([FORM]);
  assert.deepEqual(fetched, ['sound of pack-syl'], 'Sylheti is what people speak who read Bengali');
});

test('another language in use, or to listen in, brings its recordings', async () => {
  const { sounds, fetched, lang } = await desk({ dear: true });
  await sounds.fetchAhead([FORM]);
  lang.value = 'bn';
  await turn();
  assert.deepEqual(fetched.slice(-1), ['sound of pack-syl']);
  await sounds.listenIn({ lang: 'so', words: 'bn' });
  await turn();
  assert.ok(fetched.includes('sound of pack-so'));
});

test('much is not fetched before a person asks for it', async () => {
  const { sounds, fetched, asked } = await desk({ dear: true });
  await sounds.fetchAhead([{ ...FORM, spoken: [spoken('en', 'en', MOST_AHEAD_BYTES + 1)] }]);
  assert.deepEqual(fetched, []);
  await sounds.fetchAll(spoken('en', 'en', MOST_AHEAD_BYTES + 1));
  assert.deepEqual([fetched, asked], [[], ['sound of pack-en']]);
});

test('nothing comes to the phone of a resident before it is pressed', async () => {
  const { sounds, fetched } = await desk({ worker: false });
  await sounds.fetchAhead([FORM]);
  assert.deepEqual(fetched, []);
});

test('a pack is asked for once, however many questions it says, and again at the next sync where it could not be had', async () => {
  const calls: string[] = [];
  const { sounds } = await desk({
    worker: false,
    readOrFetch: async (_kind, name) => (calls.push(name) > 1 ? packOf(name) : undefined),
  });
  const [english] = FORM.spoken ?? [];
  assert.ok(english);
  await Promise.all([sounds.read(english), sounds.read(english)]);
  assert.equal(await sounds.read(english), undefined);
  assert.equal(calls.length, 1);
  await sounds.fetchAhead([FORM]);
  assert.ok((await sounds.read(english))?.has(KEY));
  assert.ok(sounds.known(english)?.has(KEY));
});

test('what was chosen to listen in is there again after a cold start; nonsense is not', async () => {
  const { sounds } = await desk({ kept: { lang: 'syl', words: 'bn' } });
  assert.deepEqual(sounds.listening.value, { lang: 'syl', words: 'bn' });
  const odd = await desk({ kept: 'syl' });
  assert.equal(odd.sounds.listening.value, undefined);
});

test('a sound pack is read; what is no sound in it, or a later format, is passed over', () => {
  const pack = { format: 1, sounds: { [KEY]: { sha256: 'a', bytes: 5 }, x: 7, __proto__: { sha256: 'b' } } };
  assert.deepEqual([...(parseSounds(pack) ?? [])], [[KEY, { sha256: 'a', bytes: 5 }]]);
  assert.equal(parseSounds({ format: 2, sounds: {} }), undefined);
});

test('a manifest says what a form is spoken in, and one without recordings says nothing', () => {
  const form = { id: 'walk', version: '1', logic: 'l', langs: [{ lang: 'en', texts: 't' }] };
  const said = { lang: 'syl', name: 'ছিলটি', beside: 'bn', sounds: 's', count: 3, bytes: 60 };
  const [heard] = readManifest({ forms: [{ ...form, spoken: [said, { lang: 'so' }] }] })?.forms ?? [];
  assert.deepEqual(heard?.spoken, [said]);
  const [silent] = readManifest({ forms: [form] })?.forms ?? [];
  assert.ok(silent !== undefined && !('spoken' in silent));
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
