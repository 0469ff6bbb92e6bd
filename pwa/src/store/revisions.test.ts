import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReceiptStatus } from '../sync/messages.ts';
import type { Connection } from './connection.ts';
import { keepPage, readCursor } from './cursors.ts';
import { readDraft, removeDraft, saveDraft } from './drafts.ts';
import { finaliseDraft, noteReceipts, readOutbox, readRevisions } from './revisions.ts';
import { freshConnection, sampleDraft, sampleRevision } from './testing/samples.ts';

const EVERYTHING = { setAside: [], limit: 500 };

async function stateOf(connection: Connection, rev: string): Promise<string | undefined> {
  return (await readRevisions(connection)).find((revision) => revision.rev === rev)?.state;
}

async function connectionWith(name: string, revs: readonly string[]): Promise<Connection> {
  const connection = freshConnection(name);
  for (const rev of revs) {
    await saveDraft(connection, sampleDraft(`response-${rev}`));
    await finaliseDraft(connection, sampleRevision(rev, `response-${rev}`));
  }
  return connection;
}

test('finalising puts the revision in the outbox and removes the draft', async () => {
  const connection = freshConnection('finalise');
  await saveDraft(connection, sampleDraft('response'));
  await finaliseDraft(connection, sampleRevision('rev', 'response'));
  assert.equal(await readDraft(connection, 'response'), undefined);
  assert.deepEqual(
    (await readOutbox(connection, EVERYTHING)).map(({ rev }) => rev),
    ['rev'],
  );
});

test('finalising that cannot be written keeps the draft and stores no revision', async () => {
  const connection = freshConnection('atomic');
  await saveDraft(connection, sampleDraft('response'));
  const unwritable = { ...sampleRevision('rev', 'response'), parts: [Symbol('not cloneable')] };
  // @ts-expect-error a symbol is what IndexedDB cannot store: the put fails while the delete would succeed
  await assert.rejects(finaliseDraft(connection, unwritable));
  assert.equal((await readDraft(connection, 'response'))?.id, 'response');
  assert.deepEqual(await readRevisions(connection), []);
});

test('finalising twice leaves one revision', async () => {
  const connection = await connectionWith('twice', ['rev']);
  assert.equal(await finaliseDraft(connection, sampleRevision('rev', 'response-rev')), 'finalised');
  assert.equal((await readRevisions(connection)).length, 1);
});

test('two tabs do not make two revisions of one response', async () => {
  const connection = await connectionWith('two-tabs', ['rev']);
  assert.equal(await finaliseDraft(connection, sampleRevision('other', 'response-rev')), 'not-found');
  assert.deepEqual(
    (await readRevisions(connection)).map(({ rev }) => rev),
    ['rev'],
  );
});

test('a late save does not revive a draft that has been finished', async () => {
  const connection = await connectionWith('revive', ['rev']);
  assert.equal(await saveDraft(connection, sampleDraft('response-rev')), 'finished');
  assert.equal(await readDraft(connection, 'response-rev'), undefined);
});

test('each receipt moves its own item, and a refused one is kept with its code', async () => {
  const connection = await connectionWith('receipts', ['a', 'bb', 'ccc', 'dddd', 'eeeee']);
  const statuses: readonly (readonly [string, ReceiptStatus])[] = [
    ['a', 'stored'],
    ['bb', 'duplicate'],
    ['ccc', 'conflict'],
    ['dddd', 'quarantined'],
  ];
  await noteReceipts(connection, [
    ...statuses.map(([rev, status]) => ({ rev, status })),
    { rev: 'eeeee', status: 'refused', code: 'oversize' },
  ]);
  const states = (await readRevisions(connection)).map(({ rev, state, code }) => [rev, state, code]);
  assert.deepEqual(states, [
    ['a', 'sent', undefined],
    ['bb', 'sent', undefined],
    ['ccc', 'sent', undefined],
    ['dddd', 'sent', undefined],
    ['eeeee', 'refused', 'oversize'],
  ]);
  assert.deepEqual(await readOutbox(connection, EVERYTHING), []);
});

test('the outbox gives the oldest first, without those set aside, up to the limit', async () => {
  const connection = await connectionWith('outbox', ['ccc', 'a', 'bb']);
  const outbox = await readOutbox(connection, { setAside: ['a'], limit: 1 });
  assert.deepEqual(
    outbox.map(({ rev }) => rev),
    ['bb'],
  );
});

test('a page of changes and its cursor are kept together; a late receipt takes nothing back', async () => {
  const connection = await connectionWith('page', ['a']);
  const page = {
    reset: false,
    changes: [{ kind: 'response', seq: 7, rev: 'a', state: 'held' }],
    cursor: 'c7',
    more: false,
  } as const;
  await keepPage(connection, { page, serverId: 'server', safeSeq: 6 });
  assert.equal(await stateOf(connection, 'a'), 'held');
  assert.equal(await readCursor(connection, 'server'), 'c7');
  await noteReceipts(connection, [{ rev: 'a', status: 'stored' }]);
  assert.equal(await stateOf(connection, 'a'), 'held');
});

test('a state that this app does not know marks nothing as held; one that is set aside says so until it is held', async () => {
  const connection = await connectionWith('unknown-state', ['a']);
  await noteReceipts(connection, [{ rev: 'a', status: 'quarantined' }]);
  const states = [];
  for (const state of ['weighed', 'set-aside', 'weighed', 'held']) {
    const page = {
      reset: false,
      changes: [{ kind: 'response', seq: 7, rev: 'a', state }],
      cursor: 'c',
      more: false,
    } as const;
    await keepPage(connection, { page, serverId: 'server', safeSeq: 6 });
    states.push(await stateOf(connection, 'a'));
  }
  assert.deepEqual(states, ['sent', 'set-aside', 'set-aside', 'held']);
});

test('what a verified backup reaches is safe, also when the backup comes later', async () => {
  const connection = await connectionWith('safe', ['a']);
  const page = {
    reset: false,
    changes: [{ kind: 'response', seq: 7, rev: 'a', state: 'held' }],
    cursor: 'c7',
    more: false,
  } as const;
  await keepPage(connection, { page, serverId: 'server', safeSeq: 6 });
  await keepPage(connection, { page: { ...page, changes: [] }, serverId: 'server', safeSeq: 7 });
  assert.equal(await stateOf(connection, 'a'), 'safe');
});

test('after a reset everything is offered again, but not what the server refused', async () => {
  const connection = await connectionWith('reset', ['a', 'bb']);
  await noteReceipts(connection, [
    { rev: 'a', status: 'stored' },
    { rev: 'bb', status: 'refused', code: 'malformed' },
  ]);
  await keepPage(connection, {
    page: { reset: true, changes: [], cursor: 'c', more: false },
    serverId: 'server',
    safeSeq: 0,
  });
  assert.deepEqual(
    (await readOutbox(connection, EVERYTHING)).map(({ rev }) => rev),
    ['a'],
  );
  assert.equal(await stateOf(connection, 'bb'), 'refused');
});

test('a discarded draft is gone, the others stay', async () => {
  const connection = freshConnection('discard');
  await saveDraft(connection, sampleDraft('one', '{"__proto__":"typed"}'));
  await saveDraft(connection, sampleDraft('two'));
  await removeDraft(connection, 'two');
  assert.equal((await readDraft(connection, 'one'))?.answersJson, '{"__proto__":"typed"}');
  assert.equal(await readDraft(connection, 'two'), undefined);
});
