import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Saver } from './saver.ts';

/** A disk whose writes end when the test says so. */
function slowDisk() {
  const writes: string[] = [];
  const ends: ((done: boolean) => void)[] = [];
  const timers: (() => void)[] = [];
  const form = { text: '' };
  const after = (_: number, run: () => void): (() => void) => {
    timers.push(run);
    return () => undefined;
  };
  const saver = new Saver({
    clock: { now: () => 0, offset: () => 0, after },
    write: () => {
      writes.push(form.text);
      return new Promise<boolean>((resolve) => ends.push(resolve));
    },
  });
  const type = (text: string): void => {
    form.text = text;
    saver.touch();
  };
  const end = async (done: boolean): Promise<void> => {
    ends.shift()?.(done);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { saver, writes, timers, type, end };
}

test('a hundred changes during one write cost one more write, with the last of them', async () => {
  const { saver, writes, type, end } = slowDisk();
  for (let count = 1; count <= 100; count += 1) type('x'.repeat(count));
  assert.deepEqual(writes, ['x']);
  await end(true);
  assert.deepEqual(writes, ['x', 'x'.repeat(100)]);
  assert.equal(saver.state.value, 'saving');
  await end(true);
  assert.equal(saver.state.value, 'saved');
});

test('saved is not said while the last keystroke is not on disk', async () => {
  const { saver, type, end } = slowDisk();
  type('a');
  assert.equal(saver.state.value, 'saving');
  type('ab');
  await end(true);
  assert.equal(saver.state.value, 'saving');
  const settled = saver.settled();
  await end(true);
  assert.equal(await settled, true);
});

test('a failed write is said, and tried again by itself and with the next change', async () => {
  const { saver, writes, timers, type, end } = slowDisk();
  type('a');
  await end(false);
  assert.equal(saver.state.value, 'failed');
  timers.pop()?.();
  await end(false);
  type('ab');
  await end(true);
  assert.deepEqual(writes, ['a', 'a', 'ab']);
  assert.equal(saver.state.value, 'saved');
});

test('settled tells the truth when the disk does not take it', async () => {
  const { saver, type, end } = slowDisk();
  type('a');
  const settled = saver.settled();
  await end(false);
  assert.equal(await settled, false);
});

test('after stop nothing is written; after resume the latest is', async () => {
  const { saver, writes, type, end } = slowDisk();
  saver.stop();
  type('a');
  assert.deepEqual(writes, []);
  saver.resume();
  await end(true);
  assert.deepEqual(writes, ['a']);
});
