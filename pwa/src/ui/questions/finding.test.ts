/** Looking for the phone's own position, against a phone that says what the test wants. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { makeFinder, type Surroundings } from './finding.ts';

type Say = (coords: { latitude: number; longitude: number; accuracy: number }) => void;

function phone() {
  const heard: { say?: PositionCallback; fail?: PositionErrorCallback | null | undefined; cleared: number } = {
    cleared: 0,
  };
  const timers: (() => void)[] = [];
  const geolocation: Geolocation = {
    watchPosition(take, fail) {
      heard.say = take;
      heard.fail = fail;
      return 7;
    },
    clearWatch: () => {
      heard.cleared += 1;
    },
    getCurrentPosition: () => undefined,
  };
  const surroundings: Surroundings = {
    geolocation,
    isSecure: true,
    after(_, run) {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  };
  const say: Say = (coords) => {
    const whole = { altitude: null, altitudeAccuracy: null, heading: null, speed: null, ...coords };
    const position = { coords: { ...whole, toJSON: () => whole }, timestamp: 0 };
    heard.say?.({ ...position, toJSON: () => position });
  };
  const fail = (code: number): void =>
    heard.fail?.({ code, message: '', PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 });
  return { surroundings, say, fail, timers, heard };
}

test('each fix is told at once, and after 20 seconds it is done', () => {
  const { surroundings, say, timers } = phone();
  const finder = makeFinder(surroundings);
  const found: string[] = [];
  finder.start((geopoint) => found.push(geopoint));
  say({ latitude: 51.53, longitude: -0.03, accuracy: 40 });
  say({ latitude: 51.5301, longitude: -0.03, accuracy: 12 });
  assert.deepEqual(
    found.map((geopoint) => geopoint.split(' ')[3]),
    ['40.0', '12.0'],
  );
  assert.equal(finder.finding.value.kind, 'looking');
  for (const run of [...timers]) run();
  assert.equal(finder.finding.value.kind, 'idle');
});

test('a person may stop at any time, and what was found stays', () => {
  const { surroundings, say, heard, timers } = phone();
  const finder = makeFinder(surroundings);
  finder.start(() => undefined);
  say({ latitude: 51.53, longitude: -0.03, accuracy: 40 });
  finder.stop();
  assert.deepEqual([finder.finding.value.kind, heard.cleared, timers.length], ['idle', 1, 0]);
});

test('what is exact enough ends it', () => {
  const { surroundings, say } = phone();
  const finder = makeFinder(surroundings);
  finder.start(() => undefined);
  say({ latitude: 51.53, longitude: -0.03, accuracy: 4 });
  assert.equal(finder.finding.value.kind, 'idle');
});

test('each way to fail is told apart; after a fix it is no failure', () => {
  for (const [code, kind] of [
    [1, 'refused'],
    [2, 'no-signal'],
    [3, 'too-slow'],
  ] as const) {
    const { surroundings, fail } = phone();
    const finder = makeFinder(surroundings);
    finder.start(() => undefined);
    fail(code);
    assert.equal(finder.finding.value.kind, kind);
  }
  const { surroundings, say, fail } = phone();
  const finder = makeFinder(surroundings);
  finder.start(() => undefined);
  say({ latitude: 51.53, longitude: -0.03, accuracy: 40 });
  fail(3);
  assert.equal(finder.finding.value.kind, 'idle');
});

test('without https nobody is asked', () => {
  const { surroundings, heard } = phone();
  const finder = makeFinder({ ...surroundings, isSecure: false });
  finder.start(() => undefined);
  assert.deepEqual([finder.finding.value.kind, heard.say], ['insecure', undefined]);
});
