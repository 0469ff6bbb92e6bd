import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choice } from '../../formlogic/form.ts';
import { moved, ranked } from './ranking-order.ts';

const choices: readonly Choice[] = ['a', 'b', 'c', 'd'].map((value) => ({
  value,
  sound: '',
  label: { text: value, lang: 'en', parts: [] },
}));

function valuesOf(stored: string): string {
  return ranked(choices, stored)
    .map(({ value }) => value)
    .join(' ');
}

test('without an answer, things stand as they are offered', () => {
  assert.equal(valuesOf(''), 'a b c d');
});

test('an answer is shown in its order; what is new comes last, what is gone goes', () => {
  assert.equal(valuesOf('d x b'), 'd b a c');
});

test('a thing is moved past its neighbours', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 2, 1), ['a', 'c', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 2), ['b', 'c', 'a']);
});
