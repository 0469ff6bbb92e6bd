import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionsIn } from './own-points.ts';

test('positions are found wherever they stand in answers, and nothing else is taken for one', () => {
  const answers = {
    assets: [{ where: '51.53 -0.03 0 0' }, { where: '-33.9 151.2 12.5 8.0' }],
    phone: '020 7946 0000',
    count: '1 2',
    words: 'at 51.53 -0.03 0 0 or so',
    nowhere: '95 10 0 0',
  };
  assert.deepEqual(positionsIn(JSON.stringify({ answers })), [
    [51.53, -0.03],
    [-33.9, 151.2],
  ]);
});
