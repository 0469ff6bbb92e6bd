import assert from 'node:assert/strict';
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
