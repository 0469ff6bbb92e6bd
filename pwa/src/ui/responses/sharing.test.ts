import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveAway } from './sharing.ts';

const WORDS = { title: 'Assets', text: 'What is it called? A park' };

test('where the phone can share, it is asked to; where it cannot, the words are copied', async () => {
  const given: unknown[] = [];
  const share = async (words: unknown): Promise<void> => void given.push(words);
  const clipboard = { writeText: async (text: string): Promise<void> => void given.push(text) };
  assert.equal(await giveAway(WORDS, { share, clipboard }), 'shared');
  assert.equal(await giveAway(WORDS, { clipboard }), 'copied');
  assert.deepEqual(given, [WORDS, WORDS.text]);
});

test('a person who thinks again has shared nothing, and a browser without either way says so', async () => {
  const share = async (): Promise<void> => {
    throw new DOMException('no', 'AbortError');
  };
  assert.equal(await giveAway(WORDS, { share }), 'called-off');
  assert.equal(await giveAway(WORDS, {}), 'failed');
});
