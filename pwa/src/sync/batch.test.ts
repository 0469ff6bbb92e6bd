import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_BYTES, BATCH_ITEMS, cutBatch } from './batch.ts';
import type { Revision } from './record.ts';

function revision(name: string, bytes = 10): Revision {
  return { rev: name, header: 'h', parts: ['x'.repeat(bytes)] };
}

function manyOf(count: number, bytes?: number): Revision[] {
  return Array.from({ length: count }, (_, index) => revision(`r${index}`, bytes));
}

test('nothing waiting makes no batch', () => {
  assert.equal(cutBatch('d', [], BATCH_ITEMS), undefined);
});

test('texts travel verbatim inside the body', () => {
  const batch = cutBatch('d', [{ rev: 'r', header: '{"é":1}', parts: ['{"a":"\\n"}'] }], BATCH_ITEMS);
  assert.deepEqual(JSON.parse(batch?.body ?? ''), {
    device: 'd',
    items: [{ rev: 'r', header: '{"é":1}', parts: ['{"a":"\\n"}'] }],
  });
});

test('500 go together, the 501st waits', () => {
  assert.equal(cutBatch('d', manyOf(500), BATCH_ITEMS)?.revs.length, 500);
  assert.equal(cutBatch('d', manyOf(501), BATCH_ITEMS)?.revs.length, 500);
});

test('no body of several items is over 1 MiB, counted in UTF-8 bytes', () => {
  const batch = cutBatch('d', [...manyOf(3, 300_000), { rev: 'last', header: 'h', parts: ['ব'.repeat(60_000)] }], 500);
  assert.deepEqual(batch?.revs, ['r0', 'r1', 'r2']);
  assert.ok(Buffer.byteLength(batch?.body ?? '') <= BATCH_BYTES);
});

test('a body of exactly 1 MiB is let through', () => {
  const [first, second] = [revision('a'), revision('b')];
  const frame = Buffer.byteLength(cutBatch('d', [first, second], 500)?.body ?? '');
  const full = revision('b', BATCH_BYTES - frame + 10);
  const batch = cutBatch('d', [first, full], 500);
  assert.equal(Buffer.byteLength(batch?.body ?? ''), BATCH_BYTES);
  assert.equal(cutBatch('d', [first, revision('b', BATCH_BYTES - frame + 11)], 500)?.revs.length, 1);
});

test('an item that is too large alone goes alone and delays no other', () => {
  const batch = cutBatch('d', [revision('big', BATCH_BYTES), revision('small')], 500);
  assert.deepEqual(batch?.revs, ['big']);
});
