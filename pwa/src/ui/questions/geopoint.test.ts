import assert from 'node:assert/strict';
import test from 'node:test';
import {
  averaged,
  type Fix,
  fixOf,
  geopointText,
  isRoughly,
  leastStep,
  metresBetween,
  moved,
  ROUGH_ACCURACY_METRES,
  roughly,
} from './geopoint.ts';

const HERE: Fix = { latitude: 51.53, longitude: -0.03, altitude: 12, accuracy: 8 };

test('a position is written as XForms wants it, and read again', () => {
  assert.equal(geopointText(HERE), '51.530000 -0.030000 12.0 8.0');
  assert.deepEqual(fixOf('51.53 -0.03 12.0 8.0'), HERE);
  assert.deepEqual(fixOf('51.53 -0.03'), { latitude: 51.53, longitude: -0.03, altitude: 0, accuracy: 0 });
});

test('half a position, words and places off the globe are no position', () => {
  for (const text of ['', '51.53', ' -0.03', 'here now', '91 0 0 0', '0 181 0 0', '1 2 3 4 5'])
    assert.equal(fixOf(text), undefined);
});

test('distances are right to a metre within a town', () => {
  assert.ok(Math.abs(metresBetween(HERE, moved(HERE, { north: 300, east: 400 })) - 500) < 1);
});

test('the middle of several fixes leans to the most exact one, and claims no more than that one', () => {
  const far = { ...moved(HERE, { north: 30 }), accuracy: 30 };
  const mean = averaged([far, HERE]) ?? assert.fail('a mean');
  assert.ok(metresBetween(mean, HERE) < 3);
  assert.equal(mean.accuracy, HERE.accuracy);
});

test('fixes that lie to all sides of a place bring it nearer than each of them', () => {
  const around = [
    { north: 6, east: 0 },
    { north: -6, east: 0 },
    { north: 0, east: 6 },
    { north: 0, east: -6 },
  ].map((way) => moved(HERE, way));
  const mean = averaged(around) ?? assert.fail('a mean');
  assert.ok(metresBetween(mean, HERE) < 0.5);
});

test('a fix that contradicts the most exact one is left out', () => {
  const astray = { ...moved(HERE, { north: 2_000 }), accuracy: 50 };
  assert.deepEqual(averaged([astray, HERE]), averaged([HERE]));
});

test('a mean across the date line stays there', () => {
  const east = { ...HERE, longitude: 179.99999 };
  assert.ok(Math.abs((averaged([east, { ...HERE, longitude: 179.99997 }])?.longitude ?? 0) - 179.99998) < 1e-6);
});

test('roughly: every place of a square becomes the same, no further off than it says, and again is the same', () => {
  const rough = roughly(HERE);
  assert.ok(metresBetween(HERE, rough) <= ROUGH_ACCURACY_METRES);
  assert.equal(rough.accuracy, ROUGH_ACCURACY_METRES);
  assert.equal(geopointText(roughly(rough)), geopointText(rough));
  const neighbour = roughly(moved(rough, { north: 200, east: -200 }));
  assert.equal(geopointText(neighbour), geopointText(rough));
  assert.notEqual(geopointText(roughly(moved(rough, { north: 500 }))), geopointText(rough));
});

test('a rough place is left by one step of a square, and an inexact fix is not taken for one', () => {
  const rough = roughly(HERE);
  assert.equal(isRoughly(rough), true);
  assert.equal(isRoughly({ ...HERE, accuracy: 900 }), false);
  for (const way of [{ north: 1 }, { north: -1 }, { east: 1 }, { east: -1 }]) {
    const step = leastStep(rough);
    const there = moved(rough, { north: (way.north ?? 0) * step, east: (way.east ?? 0) * step });
    assert.notEqual(geopointText(roughly(there)), geopointText(rough));
  }
});

test('what was less exact than a square before is no more exact after', () => {
  assert.equal(roughly({ ...HERE, accuracy: 900 }).accuracy, 900);
});
