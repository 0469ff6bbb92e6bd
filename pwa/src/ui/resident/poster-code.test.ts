import assert from 'node:assert/strict';
import test from 'node:test';
import { posterCode } from './poster-code.ts';

for (const typed of ['K7PX3M', 'k7px3m', ' k7-px3m ', 'K৭PX৩M'])
  test(`the code “${typed}” means the poster K7PX3M, as it does for the server`, () => {
    assert.equal(posterCode(typed), 'K7PX3M');
  });

test('letters that look like digits are those digits', () => {
  assert.equal(posterCode('oilu0z'), '011V0Z');
});
