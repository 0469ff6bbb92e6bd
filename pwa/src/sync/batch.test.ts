import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_BYTES, BATCH_ITEMS, cutBatch, type Offered } from './batch.ts';

const SENDER = { device: 'd', since: '' };

function revision(name: string, bytes = 10): Offered {
  return { rev: name, header: 'h', parts: ['x'.repeat(bytes)] };
}

function manyOf(count: number, bytes?: number): Offered[] {
  return Array.from({ length: count }, (_, index) => revision(`r${index}`, bytes));
}

test('nothing waiting makes no batch', () => {
  assert.equal(cutBatch(SENDER, [], BATCH_ITEMS), undefined);
});

test('texts travel verbatim inside the body', () => {
  const waiting = [{ rev: 'r', header: '{"é":1}', parts: ['{"a":"\\n"}', null] }];
  const batch = cutBatch({ device: 'd', since: 'c1' }, waiting, BATCH_ITEMS);
  assert.equal(
    batch?.body,
    '{"device":"d","since":"c1","items":[{"rev":"r","header":"{\\"é\\":1}","parts":["{\\"a\\":\\"\\\\n\\"}",null]}]}',
  );
});

test('500 go together, the 501st waits', () => {
  assert.equal(cutBatch(SENDER, manyOf(500), BATCH_ITEMS)?.revs.length, 500);
  assert.equal(cutBatch(SENDER, manyOf(501), BATCH_ITEMS)?.revs.length, 500);
});

test('no body of several items is over 1 MiB, counted in UTF-8 bytes', () => {
  const batch = cutBatch(
    SENDER,
    [...manyOf(3, 300_000), { rev: 'last', header: 'h', parts: ['ব'.repeat(60_000)] }],
    500,
  );
  assert.deepEqual(batch?.revs, ['r0', 'r1', 'r2']);
  assert.ok(Buffer.byteLength(batch?.body ?? '') <= BATCH_BYTES);
});

test('a body of exactly 1 MiB is let through', () => {
  const [first, second] = [revision('a'), revision('b')];
  const frame = Buffer.byteLength(cutBatch(SENDER, [first, second], 500)?.body ?? '');
  const full = revision('b', BATCH_BYTES - frame + 10);
  const batch = cutBatch(SENDER, [first, full], 500);
  assert.equal(Buffer.byteLength(batch?.body ?? ''), BATCH_BYTES);
  assert.equal(cutBatch(SENDER, [first, revision('b', BATCH_BYTES - frame + 11)], 500)?.revs.length, 1);
});

test('an item that is too large alone goes alone and delays no other', () => {
  const batch = cutBatch(SENDER, [revision('big', BATCH_BYTES), revision('small')], 500);
  assert.deepEqual(batch?.revs, ['big']);
});
