import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from './backoff.ts';

test('the first wait is between 1 and 2 seconds', () => {
  assert.equal(backoff(1, 0), 1_000);
  assert.equal(backoff(1, 0.5), 1_500);
});

test('no number of failures waits longer than 5 minutes', () => {
  assert.ok(backoff(9, 0.999_999) <= 300_000);
  assert.ok(backoff(1_000_000, 0.999_999) <= 300_000);
});

test('a longer wish of the server is honoured, but never more than 5 minutes', () => {
  assert.equal(backoff(1, 0, 60_000), 60_000);
  assert.equal(backoff(1, 0, 86_400_000), 300_000);
});
