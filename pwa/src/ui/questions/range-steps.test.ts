import assert from 'node:assert/strict';
import test from 'node:test';
import { stepsOf } from './range-steps.ts';

test('steps of a tenth are exact at every place', () => {
  const steps = stepsOf({ start: '0', end: '1', step: '0.1' });
  const all = Array.from({ length: steps.last + 1 }, (_, place) => steps.at(place));
  assert.deepEqual(all, ['0.0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1.0']);
  assert.deepEqual(all.map(steps.placeOf), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a range may go down', () => {
  const steps = stepsOf({ start: '10', end: '0', step: '5' });
  assert.deepEqual([0, 1, 2].map(steps.at), ['10', '5', '0']);
  assert.equal(steps.last, 2);
});

test('a range through nought has no minus nought', () => {
  const steps = stepsOf({ start: '-1', end: '1', step: '0.5' });
  assert.deepEqual([1, 2, 3].map(steps.at), ['-0.5', '0.0', '0.5']);
});

test('a step that does not meet the end stops before it', () => {
  assert.equal(stepsOf({ start: '1', end: '10', step: '4' }).last, 2);
});

test('a blank answer, and one between two steps, has no place', () => {
  const { placeOf } = stepsOf({ start: '1', end: '10', step: '1' });
  assert.deepEqual(['', '2.5', '11', '4.0'].map(placeOf), [undefined, undefined, undefined, 3]);
});
