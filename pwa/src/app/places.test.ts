/** What a phone knows of its neighbourhood: asked for by workers' phones only, seldom, and kept. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import type { LongAnswer, LongRequest } from '../environment.ts';
import { saveSetting } from '../store/settings.ts';
import { ASK_AFTER_MS, type Places, PlacesDesk, readOutline, readPlaces } from './places.ts';
import { Storage } from './storage.ts';

const SAID = {
  neighbourhood: {
    id: 'old-ford',
    name: 'Old Ford',
    outline: {
      type: 'Polygon',
      coordinates: [
        [
          [-0.04, 51.52],
          [-0.02, 51.52],
          [-0.02, 51.54],
        ],
      ],
    },
  },
  venues: [{ id: 'v1', name: 'The library' }],
  assets: [
    { id: 'a1', name: 'Choir', names: ['কয়ার'], kind: 'arts', lat: 51.53, lon: -0.03, words: 'Behind the church' },
    { id: 'a2', name: 'No place', names: [], kind: '', lat: null, lon: null, words: '' },
    { name: 'no id' },
  ],
  map: { sha256: 'a'.repeat(64), bytes: 5, name: 'old-ford.pmtiles' },
  contacts: [{ name: 'Rahima', text: '020 7946 0000' }],
};

interface Setting {
  readonly role: 'worker' | 'resident';
  readonly answer: (request: LongRequest) => LongAnswer;
}

function saying(text: string, status = 200): LongAnswer {
  return { kind: 'answer', status, etag: '"one"', pieces: piecesOf(text) };
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  yield bytes.slice(0, 100);
  yield bytes.slice(100);
}

async function makeDesk(name: string, { role, answer }: Setting) {
  const device = { usable: true, persist: async () => true, room: async () => undefined, mark: () => undefined };
  const storage = new Storage({ ...device, leaveMark: () => undefined }, name);
  const neighbourhood = { id: 'old-ford', name: 'Old Ford' };
  const enrolment = { token: 'fw1.a.b', device: 'd', role, name: 'Amina', neighbourhood };
  await storage.write((connection) => saveSetting(connection, 'enrolment', enrolment));
  const asked: LongRequest[] = [];
  const clock = { time: 1_000, now: () => clock.time, offset: () => 0, after: () => () => undefined };
  const ask = async (request: LongRequest) => {
    asked.push(request);
    return answer(request);
  };
  const never = () => Promise.reject(new Error('not here'));
  const network = { send: never, download: never, long: async () => ({ ask, keepMaps: () => undefined }) };
  const library = { readOrFetch: async () => '{"nodes":[{"name":"data"},{"name":"what","save_to":"asset_name"}]}' };
  const room = { hasRoomFor: async () => true };
  const open = () => {
    const places = signal<Places | undefined>(undefined);
    return { places, desk: new PlacesDesk({ environment: { network, clock }, storage, library, room, places }) };
  };
  return { ...open(), open, asked, clock, storage };
}

test('a worker’s phone is told what is around, and knows it again without a network', async () => {
  const { desk, places, open } = await makeDesk('told', { role: 'worker', answer: () => saying(JSON.stringify(SAID)) });
  await desk.look();
  assert.deepEqual(
    places.value?.assets.map(({ name, at }) => [name, at]),
    [
      ['Choir', [51.53, -0.03]],
      ['No place', undefined],
    ],
  );
  const later = open();
  await later.desk.look();
  assert.deepEqual(later.places.value?.assets, places.value?.assets);
  assert.deepEqual([...((await later.places.value?.savedAs('any')) ?? [])], [[1, 'asset_name']]);
});

test('it is asked for at most once an hour, and then by what is here already', async () => {
  const answers = [saying(JSON.stringify(SAID)), saying('', 304)];
  const { desk, places, asked, clock } = await makeDesk('hourly', {
    role: 'worker',
    answer: () => answers.shift() ?? { kind: 'lost' },
  });
  await desk.look();
  await desk.look();
  assert.equal(asked.length, 1);
  clock.time += ASK_AFTER_MS;
  await desk.look();
  assert.deepEqual([asked.length, asked[1]?.etag, asked[1]?.token], [2, '"one"', 'fw1.a.b']);
  assert.equal(places.value?.neighbourhood.name, 'Old Ford');
});

test('where nothing came, it is asked for again at the next chance', async () => {
  const { desk, asked } = await makeDesk('lost', { role: 'worker', answer: () => ({ kind: 'lost' }) });
  await desk.look();
  await desk.look();
  assert.equal(asked.length, 2);
});

test('a sign-in page of a Wi-Fi changes nothing', async () => {
  const answers = [saying(JSON.stringify(SAID)), saying('<html>Sign in</html>')];
  const { desk, places, clock } = await makeDesk('wifi', {
    role: 'worker',
    answer: () => answers.shift() ?? { kind: 'lost' },
  });
  await desk.look();
  clock.time += ASK_AFTER_MS;
  await desk.look();
  assert.equal(places.value?.venues[0]?.name, 'The library');
});

test('a resident’s phone does not ask', async () => {
  const { desk, places, asked } = await makeDesk('resident', {
    role: 'resident',
    answer: () => saying(JSON.stringify(SAID)),
  });
  await desk.look();
  assert.deepEqual([asked.length, places.value], [0, undefined]);
});

test('after an enrolment elsewhere the places of before are not shown', async () => {
  const { desk, open, storage } = await makeDesk('moved', {
    role: 'worker',
    answer: ({ token }) => (token === 'fw1.a.b' ? saying(JSON.stringify(SAID)) : { kind: 'lost' }),
  });
  await desk.look();
  const neighbourhood = { id: 'kings-heath', name: 'Kings Heath' };
  const elsewhere = { token: 'fw1.c.d', device: 'd', role: 'worker', name: 'Amina', neighbourhood };
  await storage.write((connection) => saveSetting(connection, 'enrolment', elsewhere));
  const later = open();
  await later.desk.look();
  assert.equal(later.places.value, undefined);
});

test('what is no answer of ours is nothing', () => {
  for (const value of [undefined, null, [], 'text', {}, { neighbourhood: { id: 1, name: 'x' } }])
    assert.equal(readPlaces(value), undefined);
});

test('outlines of every shape are read, and what is no place on earth is left out', () => {
  const ring = [
    [0, 1],
    [0, 2],
    [1, 2],
  ];
  const many = { type: 'MultiPolygon', coordinates: [[ring], [ring]] };
  assert.equal(readOutline({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: many }] }).length, 2);
  const odd = { type: 'Polygon', coordinates: [[[0, 91], ['a', 2], [0]]] };
  assert.deepEqual(readOutline(odd), []);
  assert.deepEqual(readOutline({ type: 'Polygon', coordinates: [ring] })[0]?.[0], [1, 0]);
});
