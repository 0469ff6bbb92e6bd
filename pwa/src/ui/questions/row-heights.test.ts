import assert from 'node:assert/strict';
import test from 'node:test';
import { RowHeights, scrolledTo } from './row-heights.ts';

test('of 30,000 rows only those in sight and a few more are drawn', () => {
  const heights = new RowHeights(30_000, 50);
  assert.equal(heights.total, 1_500_000);
  assert.deepEqual(heights.window(0, 400, 4), { first: 0, end: 13 });
  assert.deepEqual(heights.window(1_000, 400, 4), { first: 16, end: 33 });
  assert.deepEqual(heights.window(1_499_600, 400, 4), { first: 29_988, end: 30_000 });
});

test('a row that is higher than thought moves those below it and not those above', () => {
  const heights = new RowHeights(10, 50);
  assert.equal(heights.top(9), 450);
  assert.ok(heights.measure(3, 90));
  assert.ok(!heights.measure(3, 90), 'the second time it is no news');
  assert.deepEqual([heights.top(3), heights.top(4), heights.total], [150, 240, 540]);
  assert.equal(heights.rowAt(239), 3);
  assert.equal(heights.rowAt(240), 4);
});

test('a row that is not drawn has no height and changes nothing', () => {
  const heights = new RowHeights(2, 50);
  assert.ok(!heights.measure(0, 0));
  assert.ok(!heights.measure(2, 70));
  assert.equal(heights.total, 100);
});

test('an empty list has no rows', () => {
  assert.deepEqual(new RowHeights(0, 50).window(0, 400, 4), { first: 0, end: 0 });
});

test('a row is scrolled into sight by as little as can be', () => {
  const heights = new RowHeights(100, 50);
  assert.equal(scrolledTo(heights, 3, 100, 200), 100, 'in sight already');
  assert.equal(scrolledTo(heights, 1, 100, 200), 50);
  assert.equal(scrolledTo(heights, 9, 100, 200), 300);
});
