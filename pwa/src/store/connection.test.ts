import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDB, unwrap } from 'idb';
import { Connection, type ConnectionNews } from './connection.ts';
import { readDraft, saveDraft } from './drafts.ts';
import { StorageFailing, StorageFull, StorageMissing } from './errors.ts';
import { DATABASE_VERSION } from './schema.ts';
import { freshConnection, sampleDraft } from './testing/samples.ts';

test('a connection that has died is dropped and reopened', async () => {
  const connection = freshConnection('dead');
  await saveDraft(connection, sampleDraft('one'));
  await connection.run(async (database) => database.close());
  assert.equal((await readDraft(connection, 'one'))?.id, 'one');
  await connection.run(async (database) => database.close());
  await saveDraft(connection, sampleDraft('two'));
  assert.equal((await readDraft(connection, 'two'))?.id, 'two');
});

test('news of the end of an old connection does not lose the one after it', async () => {
  const connection = freshConnection('late-news');
  const handle = () => connection.run(async (database) => database);
  const old = await handle();
  await connection.close();
  const current = await handle();
  unwrap(old).dispatchEvent(new IDBVersionChangeEvent('close'));
  assert.equal(await handle(), current);
  unwrap(current).dispatchEvent(new IDBVersionChangeEvent('close'));
  assert.notEqual(await handle(), current);
});

test('a job is tried three times on fresh connections, then the storage is said to fail', async () => {
  const connection = freshConnection('failing');
  const handles = new Set<unknown>();
  const job = connection.run(async (database) => {
    handles.add(database);
    throw new DOMException('Connection is closing', 'InvalidStateError');
  });
  await assert.rejects(job, StorageFailing);
  assert.equal(handles.size, 3);
});

test('a second try that works is a success', async () => {
  const connection = freshConnection('second-try');
  let tries = 0;
  const outcome = await connection.run(async () => {
    tries += 1;
    if (tries === 1) throw new DOMException('gone', 'UnknownError');
    return 'done';
  });
  assert.equal(outcome, 'done');
});

test('no space left is said at once and not tried again', async () => {
  const connection = freshConnection('full');
  let tries = 0;
  const job = connection.run(async () => {
    tries += 1;
    throw new DOMException('no space', 'QuotaExceededError');
  });
  await assert.rejects(job, StorageFull);
  assert.equal(tries, 1);
});

test('a browser without IndexedDB is named as such', async () => {
  await assert.rejects(
    new Connection({ usable: false }).run(async () => 0),
    StorageMissing,
  );
});

test('a write that breaks half-way leaves nothing behind', async () => {
  const connection = freshConnection('half');
  const broken = connection.write(['drafts'], async (tx) => {
    await tx.objectStore('drafts').put(sampleDraft('half'));
    throw new Error('our own mistake');
  });
  await assert.rejects(broken, StorageFailing);
  assert.equal(await readDraft(connection, 'half'), undefined);
});

test('a write that throws at once, before it waits for anything, leaves nothing behind', async () => {
  const connection = freshConnection('at-once');
  const broken = connection.write(['drafts'], (tx) => {
    tx.objectStore('drafts')
      .put(sampleDraft('half'))
      .catch(() => undefined);
    throw new Error('our own mistake');
  });
  await assert.rejects(broken, StorageFailing);
  assert.equal(await readDraft(connection, 'half'), undefined);
});

test('a write is done when its transaction is, not when its last request is', async () => {
  const connection = freshConnection('late');
  const job = connection.write(['settings'], async (tx) => {
    await tx.objectStore('settings').put('x', 'server');
    tx.abort();
  });
  await assert.rejects(job, StorageFailing);
});

test('a write asks for the disk, not only for memory', async () => {
  const connection = freshConnection('strict');
  const asked: (string | undefined)[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof transaction>) {
    if (given[1] === 'readwrite') asked.push(given[2]?.durability);
    return transaction.apply(this, given);
  };
  await saveDraft(connection, sampleDraft('one'));
  IDBDatabase.prototype.transaction = transaction;
  assert.deepEqual(asked, ['strict']);
});

test('a newer app in another tab is let through, and the older page goes on working with what it left', async () => {
  const older = freshConnection('versions');
  await saveDraft(older, sampleDraft('kept'));
  let stillOpen = 0;
  const newer = await openDB('versions', DATABASE_VERSION + 1, {
    blocked: () => {
      stillOpen += 1;
      void older.close();
    },
  });
  assert.equal(stillOpen, 0);
  assert.equal(await newer.count('drafts'), 1);
  await saveDraft(older, sampleDraft('also kept'));
  assert.equal(await newer.count('drafts'), 2);
  newer.close();
});

test('an older page that will not let go is reported, and the work is done once it has', async () => {
  const stubborn = await rawOpen('blocked');
  const news: ConnectionNews[] = [];
  const connection = new Connection({ usable: true, name: 'blocked', onNews: (item) => news.push(item) });
  const job = connection.run(async (database) => database.version);
  await untilBlocked(news);
  stubborn.close();
  assert.equal(await job, DATABASE_VERSION);
  assert.deepEqual(news, ['blocked', 'opened']);
});

function rawOpen(name: string): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name, 2);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('settings');
      request.result.createObjectStore('revisions', { keyPath: 'rev' });
    };
    request.onsuccess = () => resolve(request.result);
  });
}

async function untilBlocked(news: readonly ConnectionNews[]): Promise<void> {
  while (!news.includes('blocked')) await new Promise((resolve) => setImmediate(resolve));
}
