import assert from 'node:assert/strict';
import test from 'node:test';
import { fittedSize } from './photo.ts';

test('a large photo is fitted to 1,600 pixels on its longer side, in its own shape', () => {
  assert.deepEqual(fittedSize(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(fittedSize(3000, 4000), { width: 1200, height: 1600 });
});

test('a small photo is not made larger, and a thin one keeps at least a pixel', () => {
  assert.deepEqual(fittedSize(640, 480), { width: 640, height: 480 });
  assert.deepEqual(fittedSize(20_000, 3), { width: 1600, height: 1 });
});
