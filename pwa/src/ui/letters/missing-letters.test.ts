import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areMissing } from './missing-letters.ts';

test('letters that all look like the same box are missing', () => {
  assert.equal(areMissing(['box', 'box', 'box']), true);
});

test('one letter that looks different is enough: the phone has the script', () => {
  assert.equal(areMissing(['box', 'box', 'ka']), false);
});

test('boxes that each show another number are not taken for letters that are missing', () => {
  assert.equal(areMissing(['0995', '0996']), false);
});

test('a browser that lets nothing be read, or blanks it, gives no answer', () => {
  assert.equal(areMissing(['', '', '']), false);
});

test('one drawing alone proves nothing', () => {
  assert.equal(areMissing(['box']), false);
});
