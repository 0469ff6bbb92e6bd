/** Transcripts: a whole conversation with a server, the fault in its middle named as in sync/README.md. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkAnswer } from '../environment.ts';
import { isUnderWay, newSession, RESTING_MS } from './session.ts';
import { answer, Conversation, HELLO, page, receipts, timeout, unreachable } from './testing/conversation.ts';

test('all well: hello, push, receipts kept, changes kept, rest', () => {
  const talk = new Conversation({ waiting: ['a', 'b'] });
  talk.wake('open');
  assert.deepEqual(talk.calls(), ['hello']);
  talk.hear(HELLO);
  assert.deepEqual(talk.calls(), ['hello', 'push a b']);
  talk.hear(receipts({ a: 'stored', b: 'quarantined' }));
  talk.hear(page({ cursor: 'c1', more: true }));
  talk.hear(page({ cursor: 'c2' }));
  assert.deepEqual(talk.calls(), ['hello', 'push a b', 'changes', 'changes']);
  assert.deepEqual(talk.waiting, []);
  assert.deepEqual(talk.cursors, ['c1', 'c2']);
  assert.equal(talk.wakesAfter, RESTING_MS);
});

test('request-lost: the item stays and is offered again', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(unreachable);
  assert.deepEqual(talk.waiting, ['a']);
  assert.equal(talk.phase(), 'waiting no-connection');
  talk.wake('timer');
  talk.hear(HELLO);
  assert.deepEqual(talk.calls(), ['hello', 'push a', 'hello', 'push a']);
});

test('answer-lost: the repeat is answered with duplicate and leaves the outbox', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(unreachable);
  talk.wake('online');
  talk.hear(HELLO);
  talk.hear(receipts({ a: 'duplicate' }));
  assert.deepEqual(talk.waiting, []);
  assert.deepEqual(talk.noted, [['a', 'duplicate']]);
});

test('captive-portal-html: a 200 page at hello, push or changes removes nothing and stores nothing', () => {
  const portal = answer(200, '<!doctype html><title>Free Wi-Fi</title>');
  const stages: readonly (readonly NetworkAnswer[])[] = [[], [HELLO], [HELLO, receipts({ a: 'stored' })]];
  for (const [index, stage] of stages.entries()) {
    const talk = new Conversation({ waiting: ['a'] });
    talk.wake('open');
    for (const heard of stage) talk.hear(heard);
    talk.hear(portal);
    assert.equal(talk.phase(), 'waiting not-our-server');
    assert.deepEqual(talk.cursors, []);
    assert.deepEqual(talk.waiting, index === 2 ? [] : ['a']);
  }
});

test('captive-portal redirect and 511 are not our server either', () => {
  for (const status of [0, 302, 511]) {
    const talk = new Conversation({ waiting: ['a'] });
    talk.wake('open');
    talk.hear(answer(status, ''));
    assert.equal(talk.phase(), 'waiting not-our-server');
  }
});

test('a receipt that echoes another rev is no receipt', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(receipts({ z: 'stored' }));
  assert.deepEqual(talk.waiting, ['a']);
  assert.deepEqual(talk.noted, []);
  assert.equal(talk.phase(), 'waiting not-our-server');
});

test('truncated: half an answer removes nothing', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(answer(200, '{"receipts":[{"index":0,"rev":"a","sta'));
  assert.deepEqual(talk.waiting, ['a']);
  assert.equal(talk.phase(), 'waiting not-our-server');
});

test('500: waits longer each time and never more than 5 minutes', () => {
  const talk = new Conversation({ waiting: ['a'], fraction: 0.999_999 });
  const waits = Array.from({ length: 12 }, () => {
    talk.wake('timer');
    talk.hear(answer(500, ''));
    return talk.wakesAfter;
  });
  assert.deepEqual(waits.slice(0, 3), [2_000, 4_000, 8_000]);
  assert.equal(waits[11], 300_000);
});

test('429: a server that asks for quiet is not disturbed by the network or by a look, only by a finger', () => {
  const talk = new Conversation({ waiting: ['a'], fraction: 0 });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(answer(429, '', 60_000));
  assert.equal(talk.wakesAfter, 60_000);
  talk.wake('online');
  talk.wake('visible');
  talk.wake('finalised');
  assert.equal(talk.phase(), 'waiting server-busy');
  talk.wake('button');
  assert.equal(talk.phase(), 'greeting');
});

test('401: stops, keeps everything, and a person may try again', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(answer(401, '{"code":"token-invalid"}'));
  assert.equal(talk.phase(), 'stopped enrol-again');
  assert.deepEqual(talk.waiting, ['a']);
  talk.wake('button');
  assert.equal(talk.phase(), 'greeting');
});

test('403 on changes: the push had already gone', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(receipts({ a: 'quarantined' }));
  talk.hear(answer(403, '{"code":"device-revoked"}'));
  assert.deepEqual(talk.waiting, []);
  assert.equal(talk.phase(), 'stopped enrol-again');
});

test('version-too-old: stops before anything is sent', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(answer(200, '{"protocol":{"min":2,"max":3},"server_id":"s","forms":""}'));
  assert.equal(talk.phase(), 'stopped app-too-old');
  assert.deepEqual(talk.calls(), ['hello']);
});

test('log-changed: after a reset everything is offered again, once in a pass', () => {
  const talk = new Conversation({ waiting: [], offeredAgain: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(page({ cursor: 'c1', reset: true }));
  talk.hear(receipts({ a: 'duplicate' }));
  talk.hear(page({ cursor: 'c2', reset: true }));
  assert.deepEqual(talk.calls(), ['hello', 'changes', 'push a', 'changes']);
  assert.equal(talk.phase(), 'resting');
});

test('a refused item is noted and delays no other', () => {
  const talk = new Conversation({ waiting: ['a', 'b'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(receipts({ a: 'refused', b: 'stored' }));
  assert.deepEqual(talk.noted, [
    ['a', 'refused'],
    ['b', 'stored'],
  ]);
});

test('retry: the item stays for later, the rest goes, and a new one does not wait for it', () => {
  const talk = new Conversation({ waiting: ['a', 'b'], fraction: 0 });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(receipts({ a: 'retry', b: 'stored' }, 30_000));
  talk.hear(page({ cursor: 'c1' }));
  assert.deepEqual(talk.waiting, ['a']);
  assert.equal(talk.wakesAfter, 30_000);
  talk.waiting.push('c');
  talk.wake('finalised');
  talk.hear(HELLO);
  assert.equal(talk.calls().at(-1), 'push a c');
});

test('timeout: the batch is halved, and grows back after a success', () => {
  const talk = new Conversation({ waiting: ['a', 'b', 'c', 'd'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(timeout);
  talk.wake('timer');
  talk.hear(HELLO);
  assert.equal(talk.calls().at(-1), 'push a b');
  talk.hear(receipts({ a: 'stored', b: 'stored' }));
  assert.equal(talk.calls().at(-1), 'push c d');
  assert.equal(talk.session.batchItems, 4);
});

test('413: halved at once until the large one is alone, which is refused as oversize', () => {
  const tooLarge = answer(413, '{"code":"body-too-large"}');
  const talk = new Conversation({ waiting: ['big', 'b'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(tooLarge);
  assert.equal(talk.calls().at(-1), 'push big');
  talk.hear(tooLarge);
  assert.deepEqual(talk.noted, [['big', 'refused']]);
  assert.equal(talk.calls().at(-1), 'push b');
});

test("a proxy's 413 refuses nothing: the item is set aside and the others go", () => {
  const talk = new Conversation({ waiting: ['big', 'b'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(answer(413, '<html>nginx</html>'));
  talk.hear(answer(413, '<html>nginx</html>'));
  assert.deepEqual(talk.noted, []);
  assert.equal(talk.calls().at(-1), 'push b');
});

test('a 400 for every batch loses nothing', () => {
  for (const body of ['{"code":"malformed"}', '{"code":"too-many-items"}', '{"error":"from a proxy"}', '<html>']) {
    const talk = new Conversation({ waiting: ['a', 'b', 'c'] });
    talk.wake('open');
    talk.hear(HELLO);
    while (talk.session.phase.kind === 'pushing') talk.hear(answer(400, body));
    talk.hear(page({ cursor: 'c1' }));
    assert.deepEqual(talk.noted, []);
    assert.deepEqual(talk.waiting, ['a', 'b', 'c']);
    assert.equal(talk.phase(), 'resting');
    assert.ok(talk.wakesAfter < RESTING_MS, 'tried again before long');
  }
});

test('our own 413 that is not about the size of the one item refuses nothing', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(answer(413, '{"code":"too-many-items"}'));
  assert.deepEqual(talk.noted, []);
  assert.deepEqual(talk.waiting, ['a']);
});

test('clock-jump: a timer always wakes, however far the clock was put back', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.wake('open');
  talk.hear(answer(500, ''));
  talk.at -= 86_400_000;
  talk.wake('timer');
  assert.equal(talk.phase(), 'greeting');
});

test('a response finalised while a pass is under way starts another', () => {
  const talk = new Conversation({ waiting: [] });
  talk.wake('open');
  talk.hear(HELLO);
  talk.waiting.push('late');
  talk.wake('finalised');
  talk.hear(page({ cursor: 'c1' }));
  talk.hear(HELLO);
  assert.deepEqual(talk.calls(), ['hello', 'changes', 'hello', 'push late']);
});

test('a late answer changes nothing in a session at rest', () => {
  const talk = new Conversation({ waiting: ['a'] });
  talk.hear(receipts({ a: 'stored' }));
  assert.deepEqual(talk.session, newSession());
  assert.equal(isUnderWay(talk.session), false);
});

test('storage that fails while receipts are kept: waits, and the item is still in the outbox', () => {
  const talk = new Conversation({ waiting: ['a'], storeFails: true });
  talk.wake('open');
  talk.hear(HELLO);
  talk.hear(receipts({ a: 'stored' }));
  assert.deepEqual(talk.waiting, ['a']);
  assert.equal(talk.phase(), 'waiting server-busy');
});
