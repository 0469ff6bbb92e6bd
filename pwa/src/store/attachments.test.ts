import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IDBPDatabase, openDB } from 'idb';
import { attachmentsOf, readAttachment } from './attachments.ts';
import { readDraft, removeDraft, saveDraft } from './drafts.ts';
import { keepExchange } from './exchange.ts';
import { finaliseDraft } from './finalising.ts';
import { gatherOutbox } from './outbox.ts';
import { readRevisionsAfter } from './revisions.ts';
import { freshConnection, sampleAttachment, sampleDraft, sampleRevision } from './testing/samples.ts';

test('a draft and its photo are stored together', async () => {
  const connection = freshConnection('together');
  await saveDraft(connection, sampleDraft('one'), [sampleAttachment('one', 'a')]);
  assert.equal((await readDraft(connection, 'one'))?.id, 'one');
  const found = await readAttachment(connection, sampleAttachment('one', 'a'));
  assert.deepEqual(found?.content, sampleAttachment('one', 'a').content);
});

test('a photo that cannot be stored leaves the draft as it was, and no other photo behind', async () => {
  const connection = freshConnection('apart');
  await saveDraft(connection, sampleDraft('one', '{"before":"1"}'));
  // A symbol is what IndexedDB cannot store; the photo before it and the draft would succeed.
  const unwritable = Object.assign(sampleAttachment('one', 'c'), { given: Symbol('not cloneable') });
  const files = [sampleAttachment('one', 'b'), unwritable];
  await assert.rejects(saveDraft(connection, sampleDraft('one', '{"after":"1"}'), files));
  assert.equal((await readDraft(connection, 'one'))?.answersJson, '{"before":"1"}');
  assert.deepEqual(await attachmentsOf(connection, 'one'), []);
});

test('finalising keeps what the revision names, and touches no other response', async () => {
  const connection = freshConnection('named');
  const [kept, dropped] = [sampleAttachment('one', 'a'), sampleAttachment('one', 'b')];
  await saveDraft(connection, sampleDraft('one'), [kept, dropped]);
  await saveDraft(connection, sampleDraft('two'), [sampleAttachment('two', 'b')]);
  await finaliseDraft(connection, { ...sampleRevision('rev', 'one'), attachments: [kept] });
  assert.deepEqual(
    (await attachmentsOf(connection, 'one')).map(({ sha256 }) => sha256),
    [kept.sha256],
  );
  assert.equal((await attachmentsOf(connection, 'two')).length, 1);
});

test('discarding a draft removes its photos only', async () => {
  const connection = freshConnection('discarded');
  await saveDraft(connection, sampleDraft('one'), [sampleAttachment('one', 'a')]);
  await saveDraft(connection, sampleDraft('two'), [sampleAttachment('two', 'a')]);
  await removeDraft(connection, 'one');
  assert.deepEqual(await attachmentsOf(connection, 'one'), []);
  assert.equal((await attachmentsOf(connection, 'two')).length, 1);
});

test('the upgrade from version 1 keeps drafts and revisions, and then takes photos', async () => {
  const old = await openVersion1('upgrade');
  await old.put('drafts', sampleDraft('draft', '{"__proto__":"typed"}'));
  await old.put('revisions', sampleRevision('rev', 'response'));
  await old.put('settings', 'bn', 'language');
  old.close();
  const connection = freshConnection('upgrade');
  assert.equal((await readDraft(connection, 'draft'))?.answersJson, '{"__proto__":"typed"}');
  assert.deepEqual(await readRevisionsAfter(connection, '', 100), [sampleRevision('rev', 'response')]);
  assert.equal(await connection.run((database) => database.get('settings', 'language')), 'bn');
  await saveDraft(connection, sampleDraft('draft'), [sampleAttachment('draft', 'a')]);
  assert.equal((await attachmentsOf(connection, 'draft')).length, 1);
});

test('the upgrade from version 2 keeps finished responses with their photos, which can still go', async () => {
  const old = await openVersion2('upgrade-2');
  await old.put('revisions', {
    ...sampleRevision('rev', 'response'),
    attachments: [sampleAttachment('response', 'a')],
  });
  await old.put('attachments', sampleAttachment('response', 'a'));
  old.close();
  const connection = freshConnection('upgrade-2');
  await keepExchange(connection, {
    receipts: [{ rev: 'rev', status: 'stored', seq: 1, missing: ['a'.repeat(64)] }],
    serverId: 's',
    safeSeq: 0,
    time: '2026-11-20T12:00:00.000Z',
  });
  const { files } = await gatherOutbox(connection, { items: 1, setAside: [] });
  assert.deepEqual(files, [['a'.repeat(64), 'response']]);
});

/** As the first release made it. */
function openVersion1(name: string): Promise<IDBPDatabase> {
  return openDB(name, 1, {
    upgrade(database) {
      database.createObjectStore('settings');
      database.createObjectStore('blobs', { keyPath: 'sha256' });
      database.createObjectStore('forms', { keyPath: ['id', 'version'] });
      database.createObjectStore('drafts', { keyPath: 'id' });
      database.createObjectStore('revisions', { keyPath: 'rev' }).createIndex('state', 'state');
      database.createObjectStore('cursors', { keyPath: 'serverId' });
    },
  });
}

async function openVersion2(name: string): Promise<IDBPDatabase> {
  (await openVersion1(name)).close();
  return openDB(name, 2, {
    upgrade(database) {
      const attachments = database.createObjectStore('attachments', { keyPath: ['sha256', 'responseId'] });
      attachments.createIndex('responseId', 'responseId');
      database.createObjectStore('media', { keyPath: 'sha256' });
    },
  });
}
