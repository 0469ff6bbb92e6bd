import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localText, utcText } from './moments.ts';

const TEN = Date.UTC(2026, 10, 20, 10);

test('UTC has milliseconds and a Z', () => {
  assert.equal(utcText(TEN), '2026-11-20T10:00:00.000Z');
});

test('the clock on the wall, east and west of Greenwich, with half hours and over midnight', () => {
  assert.equal(localText(TEN, 360), '2026-11-20T16:00:00.000+06:00');
  assert.equal(localText(TEN, 345), '2026-11-20T15:45:00.000+05:45');
  assert.equal(localText(TEN, -210), '2026-11-20T06:30:00.000-03:30');
  assert.equal(localText(TEN, 840), '2026-11-21T00:00:00.000+14:00');
  assert.equal(localText(TEN, 0), '2026-11-20T10:00:00.000+00:00');
});
