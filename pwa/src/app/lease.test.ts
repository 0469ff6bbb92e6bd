import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locks } from '../environment.ts';
import { BEAT_MS, LEASE_MS, LOOK_APART_MS, tabLocks } from './lease.ts';
import { Storage } from './storage.ts';
import { makePhone, noNetwork } from './testing/phone.ts';

const YEARS_MS = 5 * 365 * 24 * 3_600_000;

/** Tabs of one browser without locks, their clock and their timers. */
function tabs(databaseName: string) {
  const { environment } = makePhone(() => noNetwork);
  let now = 1_000_000;
  let timers: { at: number; run: () => void }[] = [];
  let elapsed = 0;
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const timer = { at: elapsed + milliseconds, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const timersOf = () => [...timers];
  const pass = async (milliseconds: number, asleep: readonly unknown[] = []): Promise<void> => {
    now += milliseconds;
    elapsed += milliseconds;
    const due = timers.filter((timer) => timer.at <= elapsed && !asleep.includes(timer));
    timers = timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) run();
    await settle();
  };
  let count = 0;
  const tab = (name?: string): Locks => {
    count += 1;
    const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(count);
    const clock = { now: () => now, offset: () => 0, after };
    const named = name === undefined ? {} : { tab: () => name };
    const locks = { available: false, ...named, hold: async () => ({ release: () => undefined }) };
    return tabLocks(
      { ...environment, clock, locks, random: { bytes, fraction: () => 0 } },
      new Storage(environment.storage, databaseName),
    );
  };
  const turnClock = (milliseconds: number): void => {
    now += milliseconds;
  };
  const die = (): void => {
    timers = [];
  };
  return { tab, pass, turnClock, timersOf, die };
}

/** Until the writes that were begun are done. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function isHeld(locks: Locks): Promise<boolean> {
  const held = await locks.hold('sync', 0);
  return held !== undefined;
}

test('where the browser has locks, they are used', () => {
  const { environment } = makePhone(() => noNetwork);
  assert.equal(tabLocks(environment, new Storage(environment.storage, 'unused')), environment.locks);
});

test('without them one tab is let in, and the next when it has let go', async () => {
  const { tab } = tabs('lease-release');
  const [first, second] = [tab(), tab()];
  const held = await first.hold('sync', 0);
  assert.ok(held);
  assert.equal(await isHeld(second), false);
  held.release();
  await settle();
  assert.equal(await isHeld(second), true);
});

test('a tab that works for long keeps its lease', async () => {
  const { tab, pass } = tabs('lease-long');
  const [first, second] = [tab(), tab()];
  await first.hold('sync', 0);
  for (let turn = 0; turn < 20; turn += 1) {
    assert.equal(await isHeld(second), false, `look ${turn}`);
    await pass(BEAT_MS);
  }
});

test('the lease of a tab that has died is taken over: it has run out, and two looks found it unrenewed', async () => {
  const { tab, pass, die } = tabs('lease-dead');
  const [first, second] = [tab(), tab()];
  await first.hold('sync', 0);
  die();
  assert.equal(await isHeld(second), false);
  await pass(LOOK_APART_MS);
  assert.equal(await isHeld(second), false, 'not run out yet');
  await pass(LEASE_MS);
  assert.equal(await isHeld(second), true);
});

test('a clock put forward by years alone takes no lease from a tab that lives', async () => {
  const { tab, pass, turnClock } = tabs('lease-forward');
  const [first, second] = [tab(), tab()];
  await first.hold('sync', 0);
  turnClock(YEARS_MS);
  assert.equal(await isHeld(second), false);
  await pass(BEAT_MS);
  await pass(LOOK_APART_MS);
  assert.equal(await isHeld(second), false);
});

test('a look just before the clock is put forward takes no lease either: the tab that lives had no time to renew it', async () => {
  const { tab, turnClock } = tabs('lease-look');
  const [first, second] = [tab(), tab()];
  await first.hold('sync', 0);
  assert.equal(await isHeld(second), false);
  turnClock(YEARS_MS);
  assert.equal(await isHeld(second), false);
});

test('a lease that was given up and taken again is not taken for the one that was looked at before', async () => {
  const { tab, pass } = tabs('lease-again');
  const [first, second] = [tab(), tab()];
  (await first.hold('sync', 0))?.release();
  const again = await first.hold('sync', 0);
  assert.equal(await isHeld(second), false);
  again?.release();
  await pass(LEASE_MS);
  await first.hold('sync', 0);
  assert.equal(await isHeld(second), false);
});

test('a page that was reloaded takes up again what it held, though its beats begin anew', async () => {
  const { tab, pass } = tabs('lease-reload');
  const [before, other] = [tab('tab'), tab()];
  await before.hold('sync', 0);
  assert.equal(await isHeld(other), false);
  await pass(LEASE_MS);
  assert.equal(await isHeld(tab('tab')), true);
  assert.equal(await isHeld(other), false, 'another lease of the same beat, which runs until later');
});

test('a tab that comes back from sleep and finds its lease gone renews no more', async () => {
  const { tab, pass, turnClock, timersOf } = tabs('lease-slept');
  const [slept, second] = [tab(), tab()];
  await slept.hold('sync', 0);
  const renew = timersOf();
  assert.equal(await isHeld(second), false);
  turnClock(LEASE_MS);
  await pass(LOOK_APART_MS, renew);
  const held = await second.hold('sync', 0);
  assert.ok(held);
  await pass(BEAT_MS);
  held.release();
  await settle();
  await pass(BEAT_MS);
  assert.equal(await isHeld(tab()), true);
});

test('a clock put back by years does not keep the lease of a dead tab for years', async () => {
  const { tab, pass, die, turnClock } = tabs('lease-back');
  const [first, second] = [tab(), tab()];
  await first.hold('sync', 0);
  die();
  turnClock(-YEARS_MS);
  assert.equal(await isHeld(second), false);
  await pass(LOOK_APART_MS);
  assert.equal(await isHeld(second), true);
});
