import assert from 'node:assert/strict';
import test from 'node:test';
import { positionText } from './answer-texts.ts';

test('a position is said as exactly as a phone can know it, and no more', () => {
  assert.equal(positionText('52.260000 -0.860000 0.0 0.0'), '52.26, -0.86');
  assert.equal(positionText('51.5306127 -0.0264349 12.0 8.0'), '51.53061, -0.02643');
  assert.equal(positionText('-0.0000012 7.0 0 0'), '0, 7');
});

test('what was typed stands as it was typed while it is half a position or no number', () => {
  assert.equal(positionText('51.530612'), '51.530612');
  assert.equal(positionText('north 0.1 0 0'), 'north, 0.1');
});
