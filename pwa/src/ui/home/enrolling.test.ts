import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourhoodAtStake } from './enrolling.ts';

const OLD_FORD = {
  kind: 'enrolled',
  role: 'worker',
  name: 'Amina',
  neighbourhood: { id: 'old-ford', name: 'Old Ford' },
} as const;

test('a phone that works in a neighbourhood asks before it uses another link', () => {
  assert.equal(neighbourhoodAtStake({ ...OLD_FORD, renewal: 'not-needed' }), 'Old Ford');
});

test('a phone that has no link, or whose link is not accepted any more, does not ask', () => {
  assert.equal(neighbourhoodAtStake({ kind: 'none' }), undefined);
  assert.equal(neighbourhoodAtStake({ ...OLD_FORD, renewal: 'needed' }), undefined);
});
