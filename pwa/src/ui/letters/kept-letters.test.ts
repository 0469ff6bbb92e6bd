import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LetterDoor, makeKeptLetters } from './kept-letters.ts';
import type { Letters } from './letters.ts';

const BENGALI: Letters = {
  lang: 'bn',
  files: [
    { name: 'bn-400', weight: '400' },
    { name: 'bn-700', weight: '700' },
  ],
  kilobytes: 2,
  range: 'U+0980-09FE',
  samples: [],
};

interface Phone {
  readonly door: LetterDoor;
  readonly fetched: string[];
  readonly added: string[];
  applied: readonly string[];
}

/** A browser whose network serves `served`, with a shelf that outlives a page. */
function phone(served: readonly string[], files = new Map<string, Response>(), room = true): Phone {
  const [fetched, added]: [string[], string[]] = [[], []];
  const shelf = {
    match: async (name: string) => files.get(name)?.clone(),
    put: async (name: string, file: Response) => {
      if (!room) throw new DOMException('full', 'QuotaExceededError');
      files.set(name, file);
    },
    delete: async (name: string) => files.delete(name),
  };
  const door = {
    fetch: async (name: string) => {
      fetched.push(name);
      if (!served.includes(name)) throw new TypeError('no connection');
      return new Response('letters');
    },
    shelf: async () => shelf,
    add: async (_letters: Letters, weight: string) => void added.push(weight),
    apply: (langs: readonly string[]) => {
      made.applied = langs;
    },
    drop: () => undefined,
  };
  const made: Phone = { door, fetched, added, applied: [] };
  return made;
}

const NAMES = BENGALI.files.map(({ name }) => name);

test('nothing is fetched until a person asks for it', async () => {
  const { door, fetched, applied } = phone(NAMES);
  await makeKeptLetters(door, [BENGALI]).load();
  assert.deepEqual([fetched, applied], [[], []]);
});

test('what was asked for is kept and in force, and is there again without a connection', async () => {
  const files = new Map<string, Response>();
  const first = phone(NAMES, files);
  assert.equal(await makeKeptLetters(first.door, [BENGALI]).get(BENGALI), 'kept');
  assert.deepEqual(first.applied, ['bn']);
  const later = phone([], files);
  const letters = makeKeptLetters(later.door, [BENGALI]);
  await letters.load();
  assert.deepEqual([later.fetched, later.added, later.applied], [[], ['400', '700'], ['bn']]);
  assert.equal(letters.kept.value.has('bn'), true);
});

test('half of the files is nothing: the connection went', async () => {
  const files = new Map<string, Response>();
  const { door, applied } = phone([NAMES[0] ?? ''], files);
  assert.equal(await makeKeptLetters(door, [BENGALI]).get(BENGALI), 'no-connection');
  assert.deepEqual([files.size, applied], [0, []]);
});

test('a full phone says so', async () => {
  const { door } = phone(NAMES, new Map(), false);
  assert.equal(await makeKeptLetters(door, [BENGALI]).get(BENGALI), 'no-room');
});

test('what is removed is gone from the phone', async () => {
  const files = new Map<string, Response>();
  const { door } = phone(NAMES, files);
  const letters = makeKeptLetters(door, [BENGALI]);
  await letters.get(BENGALI);
  await letters.remove(BENGALI);
  assert.deepEqual([files.size, letters.kept.value.size], [0, 0]);
});
