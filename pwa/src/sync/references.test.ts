import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeReference, referenceHash, shownReference } from './references.ts';

const { references } = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/codes/references.json', import.meta.url), 'utf8'),
);

test('reference codes are made, shown and named as in Python', () => {
  assert.equal(references.length, 5);
  for (const { random, code, shown, hash } of references) {
    assert.equal(makeReference(Uint8Array.from(random)), code);
    assert.equal(shownReference(code), shown);
    assert.equal(referenceHash(code), hash);
  }
});

test('a reference code takes all its chance', () => {
  assert.throws(() => makeReference(new Uint8Array(3)), /11 random bytes; 3 were given/);
});
