import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tonguesToHear } from './tongues-to-hear.ts';

const spoken = [
  ['bn', 'bn'],
  ['syl', 'bn'],
  ['so', 'so'],
].map(([lang = '', beside = '']) => ({ lang, beside, name: lang, sounds: lang, count: 1, bytes: 1 }));

function order(lang: string, listening?: { readonly lang: string; readonly words: string }): string {
  return tonguesToHear(spoken, lang, listening)
    .map((one) => one.lang)
    .join(' ');
}

test('words are heard in their own language, else as people who read them speak', () => {
  assert.equal(order('bn'), 'bn syl');
  assert.equal(order('so'), 'so');
  assert.equal(order('pl'), '');
});

test('what a person chose is heard first, also beside words of another language', () => {
  assert.equal(order('bn', { lang: 'syl', words: 'bn' }), 'syl bn');
  assert.equal(order('en', { lang: 'so', words: 'en' }), 'so');
});

test('a choice ends when the words change: the next person may read another language', () => {
  assert.equal(order('so', { lang: 'syl', words: 'bn' }), 'so');
});
