import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { packedCatalogue, sentenceName } from './sentence-name.ts';

test('a name is FNV-1a, as others reckon it', () => {
  assert.equal(Number.parseInt(sentenceName(''), 36), 0x811c9dc5);
  assert.equal(Number.parseInt(sentenceName('a'), 36), 0xe40c292c);
  assert.equal(Number.parseInt(sentenceName('foobar'), 36), 0xbf9cf968);
});

test('two sentences of one name are refused, not mixed up', () => {
  const [one, other] = ['costarring', 'liquid'];
  assert.equal(sentenceName(one), sentenceName(other));
  assert.throws(() => packedCatalogue({ [one]: 'ক', [other]: 'খ' }), RangeError);
});

test('names are the ones that the server gives', () => {
  const text = readFileSync(new URL('../../../tests/vectors/codes/sentence-names.json', import.meta.url), 'utf8');
  const { names }: { names: { sentence: string; name: string }[] } = JSON.parse(text);
  assert.ok(names.length > 0);
  for (const { sentence, name } of names) assert.equal(sentenceName(sentence), name, sentence);
});
