import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimDraft } from './apart.ts';
import type { Connection } from './connection.ts';
import { readDraft, removeDraft, saveDraft } from './drafts.ts';
import { finaliseDraft } from './finalising.ts';
import { gatherOutbox } from './outbox.ts';
import { readRevisionsAfter } from './revisions.ts';
import { freshConnection, sampleDraft, sampleRevision } from './testing/samples.ts';

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
    (await gatherOutbox(connection, { setAside: [], items: 500 })).waiting.map(({ rev }) => rev),
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
  assert.deepEqual(await readRevisionsAfter(connection, '', 100), []);
});

test('finalising twice leaves one revision', async () => {
  const connection = await connectionWith('twice', ['rev']);
  assert.equal(await finaliseDraft(connection, sampleRevision('rev', 'response-rev')), 'finalised');
  assert.equal((await readRevisionsAfter(connection, '', 100)).length, 1);
});

test('two tabs do not make two revisions of one response', async () => {
  const connection = await connectionWith('two-tabs', ['rev']);
  assert.equal(await finaliseDraft(connection, sampleRevision('other', 'response-rev')), 'not-found');
  assert.deepEqual(
    (await readRevisionsAfter(connection, '', 100)).map(({ rev }) => rev),
    ['rev'],
  );
});

test('a late save does not revive a draft that has been finished', async () => {
  const connection = await connectionWith('revive', ['rev']);
  assert.equal(await saveDraft(connection, sampleDraft('response-rev')), 'elsewhere');
  assert.equal(await readDraft(connection, 'response-rev'), undefined);
});

test('who opened a draft before another tab did writes to it no more, finishes it no more, and removes it no more', async () => {
  const connection = freshConnection('opened');
  await saveDraft(connection, sampleDraft('one', 'begun'));
  const [first, second] = [await claimDraft(connection, 'one'), await claimDraft(connection, 'one')];
  assert.ok(first && second);
  assert.equal(await saveDraft(connection, { ...second, answersJson: 'second' }), 'saved');
  for (const late of [first, sampleDraft('one')]) {
    assert.equal(await saveDraft(connection, { ...late, answersJson: 'late' }), 'elsewhere');
    assert.equal(await finaliseDraft(connection, sampleRevision('rev', 'one'), late.opened), 'not-found');
    await removeDraft(connection, 'one', late);
  }
  assert.equal((await readDraft(connection, 'one'))?.answersJson, 'second');
  assert.equal(await finaliseDraft(connection, sampleRevision('rev', 'one'), second.opened), 'finalised');
});

test('a discarded draft is gone, the others stay', async () => {
  const connection = freshConnection('discard');
  await saveDraft(connection, sampleDraft('one', '{"__proto__":"typed"}'));
  await saveDraft(connection, sampleDraft('two'));
  await removeDraft(connection, 'two');
  assert.equal((await readDraft(connection, 'one'))?.answersJson, '{"__proto__":"typed"}');
  assert.equal(await readDraft(connection, 'two'), undefined);
});
