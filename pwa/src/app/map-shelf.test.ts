/** The map file on a phone: in pieces, whole or not at all. */

import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LongAnswer, LongRequest } from '../environment.ts';
import { sha256OfBytes } from '../sync/sha256.ts';
import { MapShelf, PIECE_BYTES } from './map-shelf.ts';
import { Storage } from './storage.ts';

const CONTENT = Uint8Array.from({ length: PIECE_BYTES * 2 + 1_000 }, (_, place) => place % 251);
const FILE = { sha256: sha256OfBytes(CONTENT), bytes: CONTENT.length, name: 'old-ford.pmtiles' };

interface Line {
  /** So many bytes come, and then the line breaks; undefined: all come. */
  cut: number | undefined;
  /** The server knows ranges. */
  readonly ranges: boolean;
}

async function* given(content: Uint8Array, cut: number | undefined): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < (cut ?? content.length); at += 300_000)
    yield content.slice(at, Math.min(at + 300_000, cut ?? content.length));
  if (cut !== undefined) throw new TypeError('The line is broken.');
}

function makeShelf(name: string, line: Line, content: Uint8Array = CONTENT, hasRoom = true) {
  const asked: LongRequest[] = [];
  const ask = async (request: LongRequest): Promise<LongAnswer> => {
    asked.push(request);
    const from = line.ranges ? (request.from ?? 0) : 0;
    const cut = line.cut;
    line.cut = undefined;
    return { kind: 'answer', status: from > 0 ? 206 : 200, pieces: given(content.subarray(from), cut) };
  };
  const never = () => Promise.reject(new Error('not here'));
  const device = { usable: true, persist: async () => true, room: async () => undefined, mark: () => undefined };
  const storage = new Storage({ ...device, leaveMark: () => undefined }, name);
  const around = {
    environment: { network: { send: never, download: never, long: async () => ({ ask, keepMaps: () => undefined }) } },
    storage,
    room: { hasRoomFor: async () => hasRoom },
    token: async () => 'fw1.a.b',
  };
  return { shelf: new MapShelf(around), again: () => new MapShelf(around), asked };
}

test('it comes whole, is read in any place, and is still there when the app opens again', async () => {
  const { shelf, again } = makeShelf('whole', { cut: undefined, ranges: true });
  await shelf.fetch(FILE);
  assert.equal(shelf.state.value.kind, 'kept');
  const later = again();
  await later.load();
  const across = new Uint8Array(await later.read(PIECE_BYTES - 10, 20));
  assert.deepEqual(across, CONTENT.slice(PIECE_BYTES - 10, PIECE_BYTES + 10));
  assert.equal((await later.read(CONTENT.length - 5, 100)).byteLength, 5);
});

test('after a break it goes on from the last whole piece, also in another life of the app', async () => {
  const { shelf, again, asked } = makeShelf('broken', { cut: PIECE_BYTES + 50_000, ranges: true });
  await shelf.fetch(FILE);
  assert.deepEqual(shelf.state.value, {
    kind: 'stopped',
    arrived: PIECE_BYTES + 50_000,
    whole: FILE.bytes,
    why: 'lost',
  });
  const later = again();
  await later.fetch(FILE);
  assert.deepEqual(
    asked.map(({ from }) => from),
    [0, PIECE_BYTES],
  );
  assert.equal(later.state.value.kind, 'kept');
});

test('a server that begins anew is followed', async () => {
  const { shelf } = makeShelf('anew', { cut: PIECE_BYTES + 1, ranges: false });
  await shelf.fetch(FILE);
  await shelf.fetch(FILE);
  assert.equal(shelf.state.value.kind, 'kept');
});

test('other bytes than were promised are not kept, nor are too many or too few', async () => {
  const other = Uint8Array.from(CONTENT);
  other[5] = 250;
  const damaged = makeShelf('damaged', { cut: undefined, ranges: true }, other);
  await damaged.shelf.fetch(FILE);
  assert.deepEqual(damaged.shelf.state.value, { kind: 'stopped', arrived: 0, whole: FILE.bytes, why: 'damaged' });
  const long = makeShelf('long', { cut: undefined, ranges: true }, Uint8Array.from([...CONTENT, 1]));
  await long.shelf.fetch(FILE);
  assert.equal(long.shelf.state.value.kind, 'stopped');
  const short = makeShelf('short', { cut: undefined, ranges: true }, CONTENT.slice(0, 100));
  await short.shelf.fetch(FILE);
  assert.equal(short.shelf.state.value.kind, 'stopped');
});

test('the one before stays until the new one is whole, and then it is gone', async () => {
  const line: Line = { cut: undefined, ranges: true };
  const old = makeShelf('newer', line);
  await old.shelf.fetch(FILE);
  const next = Uint8Array.from([9, ...CONTENT]);
  const file = { ...FILE, sha256: sha256OfBytes(next), bytes: next.length };
  const { shelf } = makeShelf('newer', { cut: 10, ranges: true }, next);
  await shelf.load();
  await shelf.fetch(file);
  assert.equal(shelf.kept.value?.sha256, FILE.sha256);
  assert.equal(new Uint8Array(await shelf.read(1, 1))[0], 1);
  await shelf.fetch(file);
  assert.equal(shelf.kept.value?.sha256, file.sha256);
  assert.equal(new Uint8Array(await shelf.read(0, 1))[0], 9);
});

test('where there is no room for it, nothing is fetched', async () => {
  const { shelf, asked } = makeShelf('full', { cut: undefined, ranges: true }, CONTENT, false);
  await shelf.fetch(FILE);
  assert.deepEqual([shelf.state.value.kind === 'stopped' && shelf.state.value.why, asked.length], ['full', 0]);
});

test('a person may stop it, go on, and take it out again', async () => {
  const { shelf } = makeShelf('stopped', { cut: undefined, ranges: true });
  const fetching = shelf.fetch(FILE);
  shelf.stop();
  await fetching;
  assert.equal(shelf.state.value.kind === 'stopped' && shelf.state.value.why, 'asked');
  await shelf.fetch(FILE);
  await shelf.remove();
  assert.deepEqual([shelf.state.value.kind, shelf.kept.value], ['none', undefined]);
  await assert.rejects(shelf.read(0, 1), RangeError);
});
