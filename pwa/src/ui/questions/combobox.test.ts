import assert from 'node:assert/strict';
import test from 'node:test';
import { afterKey } from './combobox.ts';

const OPEN = { count: 3, isOpen: true, place: -1 };

test('arrow keys go round the list', () => {
  assert.equal(afterKey('ArrowDown', OPEN), 0);
  assert.equal(afterKey('ArrowDown', { ...OPEN, place: 2 }), 0);
  assert.equal(afterKey('ArrowUp', OPEN), 2);
  assert.equal(afterKey('ArrowUp', { ...OPEN, place: 2 }), 1);
});

test('Enter takes what is active, and else stays the key of the form', () => {
  assert.equal(afterKey('Enter', { ...OPEN, place: 1 }), 'take');
  assert.equal(afterKey('Enter', OPEN), undefined);
});

test('without a list all keys are the field’s own', () => {
  const shut = { count: 0, isOpen: false, place: -1 };
  for (const key of ['ArrowDown', 'ArrowUp', 'Enter', 'Escape', 'a']) assert.equal(afterKey(key, shut), undefined);
  assert.equal(afterKey('Escape', OPEN), 'close');
});
