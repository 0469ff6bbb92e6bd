import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, ChangesPage, Receipt, ReceiptStatus } from '../sync/messages.ts';
import type { Connection } from './connection.ts';
import { readDraft, saveDraft } from './drafts.ts';
import { type Exchange, keepExchange, keepFindings, markUploaded } from './exchange.ts';
import { gatherOutbox, markDamaged, readSince } from './outbox.ts';
import { readReviews } from './reviews.ts';
import { readArrivals, readRevisionsAfter } from './revisions.ts';
import type { StoredDraft, StoredRevision } from './schema.ts';
import { killHandles } from './testing/killing.ts';
import { finalisedWith, freshConnection, sampleAttachment, sampleDraft } from './testing/samples.ts';

const NOON = '2026-11-20T12:00:00.000Z';
const EVERYTHING = { setAside: [], items: 500 };

function said(given: Partial<Exchange> = {}): Exchange {
  return { receipts: [], serverId: 'server', safeSeq: 0, time: NOON, ...given };
}

function page(changes: readonly Change[], given: Partial<ChangesPage> = {}): { readonly page: ChangesPage } {
  return { page: { reset: false, changes, cursor: `c${changes.at(-1)?.seq ?? ''}`, more: false, ...given } };
}

function held(rev: string, seq: number): Change {
  return { kind: 'response', seq, rev, state: 'held' };
}

function receipt(rev: string, seq: number, missing: readonly string[] = []): Receipt {
  return { rev, status: 'stored', seq, missing: missing.map(name) };
}

function name(letter: string): string {
  return letter.repeat(64);
}

async function revision(connection: Connection, rev: string): Promise<StoredRevision | undefined> {
  return (await readRevisionsAfter(connection, '', 100)).find((candidate) => candidate.rev === rev);
}

async function stateOf(connection: Connection, rev: string): Promise<string | undefined> {
  return (await revision(connection, rev))?.state;
}

async function filesOf(connection: Connection): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await readArrivals(connection)).map(({ sha256, state }) => [sha256[0] ?? '', state]));
}

/** Of the server's clock, since noon: it is heard on each of these days, and all is in its backup. */
async function daysPass(connection: Connection, ...days: readonly number[]): Promise<void> {
  for (const day of days) {
    const time = new Date(Date.parse(NOON) + day * 24 * 3_600_000).toISOString();
    await keepExchange(connection, said({ ...page([]), safeSeq: 2, time }));
  }
}

async function bytesOf(connection: Connection): Promise<readonly string[]> {
  const keys = await connection.run((database) => database.getAllKeys('attachments'));
  return keys.map(([sha256]) => sha256[0] ?? '');
}

test('each receipt moves its own item, and a refused one is kept with its code', async () => {
  const connection = freshConnection('receipts');
  const statuses: readonly (readonly [string, ReceiptStatus, string])[] = [
    ['a', 'stored', 'sent'],
    ['b', 'duplicate', 'sent'],
    ['c', 'conflict', 'sent'],
    ['d', 'quarantined', 'sent'],
    ['e', 'retry', 'finalised'],
  ];
  for (const [rev] of [...statuses, ['f']]) await finalisedWith(connection, String(rev));
  const receipts = statuses.map(([rev, status], place) => ({ rev, status, seq: place + 1, missing: [] }));
  const refused = { rev: 'f', status: 'refused', code: 'oversize', missing: [] } as const;
  await keepExchange(connection, said({ receipts: [...receipts, refused] }));
  for (const [rev, , state] of statuses) assert.equal(await stateOf(connection, rev), state);
  const last = await revision(connection, 'f');
  assert.deepEqual([last?.state, last?.code], ['refused', 'oversize']);
});

test('a photo that a receipt does not miss has arrived; one that it misses can go, oldest response first', async () => {
  const connection = freshConnection('photos');
  await finalisedWith(connection, 'rrr', ['c']);
  await finalisedWith(connection, 'r', ['a', 'b']);
  assert.deepEqual((await gatherOutbox(connection, EVERYTHING)).files, []);
  await keepExchange(connection, said({ receipts: [receipt('rrr', 2, ['c']), receipt('r', 1, ['b'])] }));
  assert.deepEqual(await filesOf(connection), { a: 'sent', b: 'here', c: 'here' });
  const { files, unconfirmed } = await gatherOutbox(connection, EVERYTHING);
  assert.deepEqual(
    files.map(([sha256]) => sha256[0]),
    ['b', 'c'],
  );
  assert.deepEqual(unconfirmed, { revs: ['r', 'rrr'], attachments: [name('a')] });
});

test('what is set aside in a pass is not gathered, whichever kind of name it is', async () => {
  const connection = freshConnection('aside');
  await finalisedWith(connection, 'r', ['a']);
  await finalisedWith(connection, 'waits');
  await keepExchange(connection, said({ receipts: [receipt('r', 1, ['a'])] }));
  const gathered = await gatherOutbox(connection, { items: 500, setAside: ['waits', 'r', name('a')] });
  assert.deepEqual(gathered, { waiting: [], unconfirmed: { revs: [], attachments: [] }, files: [] });
});

test('a damaged photo is offered last, and is no longer damaged when it has arrived after all', async () => {
  const connection = freshConnection('damaged');
  await finalisedWith(connection, 'r', ['a', 'b']);
  await keepExchange(connection, said({ receipts: [receipt('r', 1, ['a', 'b'])] }));
  await markDamaged(connection, name('a'));
  const { files } = await gatherOutbox(connection, EVERYTHING);
  assert.deepEqual(
    files.map(([sha256]) => sha256[0]),
    ['b', 'a'],
  );
  await markUploaded(connection, name('a'));
  assert.deepEqual(await filesOf(connection), { a: 'sent', b: 'here' });
});

test('receipts, a page, the cursor and the photos are kept together, also when the handle is killed in the middle', async () => {
  const connection = freshConnection('together');
  await finalisedWith(connection, 'r', ['a']);
  const undo = killHandles({ writes: 2 });
  await keepExchange(connection, said({ receipts: [receipt('r', 1)], ...page([held('r', 1)]) }));
  undo();
  assert.equal(await stateOf(connection, 'r'), 'held');
  assert.deepEqual(await filesOf(connection), { a: 'sent' });
  assert.equal(await readSince(connection), 'c1');
});

test('a handle that is killed three times leaves everything as it was', async () => {
  const connection = freshConnection('nothing');
  await keepExchange(connection, said(page([])));
  await finalisedWith(connection, 'r', ['a']);
  const undo = killHandles({ writes: 3 });
  await assert.rejects(keepExchange(connection, said({ receipts: [receipt('r', 1)], ...page([held('r', 1)]) })));
  undo();
  assert.equal(await stateOf(connection, 'r'), 'finalised');
  assert.deepEqual(await filesOf(connection), {});
  assert.equal(await readSince(connection), 'c');
});

test('a late receipt takes nothing back', async () => {
  const connection = freshConnection('late');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said(page([held('r', 7)])));
  await keepExchange(connection, said({ receipts: [receipt('r', 9)] }));
  assert.deepEqual(await revision(connection, 'r').then((found) => [found?.state, found?.seq]), ['held', 7]);
});

test('a receipt confirms nothing: what it speaks of is asked for, also when it was set aside', async () => {
  const connection = freshConnection('unconfirmed');
  await finalisedWith(connection, 'r', ['a']);
  const quarantined = { rev: 'r', status: 'quarantined', why: 'expired-token', seq: 3, missing: [] } as const;
  await keepExchange(connection, said({ receipts: [quarantined], safeSeq: 99 }));
  assert.equal((await revision(connection, 'r'))?.why, 'expired-token');
  assert.equal((await revision(connection, 'r'))?.parts.includes(null), false, 'the copy stays');
  const { unconfirmed } = await gatherOutbox(connection, EVERYTHING);
  assert.deepEqual(unconfirmed, { revs: ['r'], attachments: [name('a')] });
  const asked = { ...said(), held: [{ rev: 'r', seq: 3, state: 'set-aside' }] as const, missing: [] };
  await keepFindings(connection, { ...asked, heldAttachments: [], missingAttachments: [] });
  assert.equal(await stateOf(connection, 'r'), 'set-aside');
});

test('an answer without a page does not vouch for its log: nothing becomes safe by it, and nothing is removed', async () => {
  const connection = freshConnection('no-page');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said(page([held('r', 7)])));
  await keepExchange(connection, said({ safeSeq: 9 }));
  assert.equal(await stateOf(connection, 'r'), 'held');
  await keepExchange(connection, said({ ...page([]), safeSeq: 9 }));
  await keepExchange(connection, said({ safeSeq: 9, time: '2027-11-20T12:00:00.000Z' }));
  assert.equal((await revision(connection, 'r'))?.removedAt, undefined);
});

test('one that is set aside says so until it is held', async () => {
  const connection = freshConnection('set-aside');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said(page([{ kind: 'response', seq: 1, rev: 'r', state: 'set-aside' }])));
  assert.equal(await stateOf(connection, 'r'), 'set-aside');
  await keepExchange(connection, said({ ...page([held('r', 2)]), safeSeq: 1 }));
  assert.equal(await stateOf(connection, 'r'), 'held');
});

test('a response is safe since its photos are, and 30 days of the server later its copy goes and its line stays', async () => {
  const connection = freshConnection('safe');
  await finalisedWith(connection, 'r', ['a']);
  await keepExchange(connection, said({ receipts: [receipt('r', 1, ['a'])], ...page([held('r', 1)]), safeSeq: 1 }));
  assert.equal((await revision(connection, 'r'))?.safeAt, undefined);
  await markUploaded(connection, name('a'));
  await keepExchange(connection, said(page([{ kind: 'attachment', seq: 2, sha256: name('a') }])));
  await keepExchange(connection, said({ ...page([]), safeSeq: 2 }));
  assert.equal((await revision(connection, 'r'))?.safeAt, NOON);
  await daysPass(connection, 7, 14, 21, 28);
  await keepExchange(connection, said({ ...page([]), safeSeq: 2, time: '2026-12-20T11:59:59.999Z' }));
  assert.deepEqual(await bytesOf(connection), ['a']);
  await keepExchange(connection, said({ ...page([]), safeSeq: 2, time: 'not a time' }));
  assert.deepEqual(await bytesOf(connection), ['a']);
  await keepExchange(connection, said({ ...page([]), safeSeq: 2, time: '2026-12-20T12:00:00.000Z' }));
  assert.deepEqual(await bytesOf(connection), []);
  const left = await revision(connection, 'r');
  assert.deepEqual([left?.parts, left?.shortTitle, left?.state], [[null, null], '', 'safe']);
});

test('a page that begins the log anew makes nothing safe: only the next answer does', async () => {
  const connection = freshConnection('reset-safe');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said({ ...page([held('r', 1)], { reset: true }), safeSeq: 9 }));
  assert.equal(await stateOf(connection, 'r'), 'held');
  await keepExchange(connection, said({ ...page([]), safeSeq: 9 }));
  assert.equal(await stateOf(connection, 'r'), 'safe');
});

test('a server’s clock that leaps by a year between two answers takes no copy away', async () => {
  const connection = freshConnection('leap');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said({ ...page([held('r', 1)]), safeSeq: 1 }));
  await keepExchange(connection, said({ ...page([]), safeSeq: 1, time: '2027-11-20T12:00:00.000Z' }));
  const { state, removedAt } = (await revision(connection, 'r')) ?? {};
  assert.deepEqual([state, removedAt], ['safe', undefined]);
});

test('after a reset all waits to be confirmed, but what was refused, and what is no longer on this phone', async () => {
  const connection = freshConnection('reset');
  for (const rev of ['kept', 'refused', 'removed']) await finalisedWith(connection, rev, [rev[0] ?? '']);
  const refused: Receipt = { rev: 'refused', status: 'refused', code: 'malformed', missing: [] };
  await keepExchange(connection, said({ receipts: [receipt('removed', 1), receipt('kept', 3, ['k']), refused] }));
  const changes: Change[] = [held('removed', 1), { kind: 'attachment', seq: 2, sha256: name('r') }, held('kept', 3)];
  await keepExchange(connection, said({ ...page(changes), safeSeq: 2 }));
  await daysPass(connection, 7, 14, 21, 28, 30);
  await keepExchange(connection, said({ ...page([], { reset: true }), safeSeq: 3 }));
  assert.equal(await stateOf(connection, 'refused'), 'refused');
  assert.equal(await stateOf(connection, 'removed'), 'safe');
  const { unconfirmed, waiting } = await gatherOutbox(connection, EVERYTHING);
  assert.deepEqual([unconfirmed.revs, waiting], [['kept'], []]);
});

test('what the server does not have goes back to the outbox, with its photos; what it has is held', async () => {
  const connection = freshConnection('have');
  for (const rev of ['x', 'y']) await finalisedWith(connection, rev, [rev]);
  await keepExchange(connection, said({ receipts: [receipt('x', 1), receipt('y', 2)] }));
  await keepFindings(connection, {
    ...said(),
    held: [{ rev: 'x', seq: 5, state: 'held' }],
    heldAttachments: [{ sha256: name('x'), seq: 6 }],
    missing: ['y'],
    missingAttachments: [name('y')],
  });
  assert.deepEqual([await stateOf(connection, 'x'), await stateOf(connection, 'y')], ['held', 'finalised']);
  assert.deepEqual(await filesOf(connection), { x: 'held', y: 'here' });
});

test('another server knows nothing of ours: its seqs say nothing about the backup of the first', async () => {
  const connection = freshConnection('another');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said({ receipts: [receipt('r', 5)], ...page([held('r', 5)]) }));
  await keepExchange(connection, said({ serverId: 'other', safeSeq: 99 }));
  assert.equal(await stateOf(connection, 'r'), 'sent');
  assert.equal(await readSince(connection), '');
});

test('a refusal from which the server did not say who it is moves no cursor', async () => {
  const connection = freshConnection('nobody');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said(page([held('r', 1)])));
  await keepExchange(connection, said({ serverId: '', time: '' }));
  assert.deepEqual([await readSince(connection), await stateOf(connection, 'r')], ['c1', 'held']);
});

test('what is erased goes from this phone: texts, photos, and the first words in the list; the rest stays', async () => {
  const connection = freshConnection('erased');
  await finalisedWith(connection, 'r', ['a', 'b']);
  await keepExchange(connection, said({ receipts: [receipt('r', 1)] }));
  const erased = { kind: 'erased', id: 'response-r' } as const;
  const first: Change = { ...erased, seq: 2, parts: ['r-part-0'], attachments: [name('a')] };
  await keepExchange(connection, said(page([first])));
  const half = await revision(connection, 'r');
  assert.deepEqual([half?.parts[0], half?.shortTitle, half?.state], [null, '', 'sent']);
  assert.deepEqual(await bytesOf(connection), ['b']);
  await keepExchange(connection, said(page([{ ...erased, seq: 3, parts: ['r-part-1'], attachments: [] }])));
  assert.equal(half?.correctionGone, undefined, 'nobody was correcting it');
  assert.equal(await stateOf(connection, 'r'), 'erased');
  await keepExchange(connection, said(page([held('r', 1)], { reset: true })));
  assert.equal(await stateOf(connection, 'r'), 'erased');
});

test('a correction of what is erased goes with the files that it alone names', async () => {
  const connection = freshConnection('erased-correction');
  await finalisedWith(connection, 'r', ['a']);
  await saveDraft(connection, { ...sampleDraft('response-r'), corrects: 'r' }, [sampleAttachment('response-r', 'b')]);
  assert.deepEqual(await bytesOf(connection), ['a', 'b']);
  const erased: Change = { kind: 'erased', seq: 2, id: 'response-r', parts: ['r-part-0'], attachments: [] };
  await keepExchange(connection, said(page([erased])));
  assert.equal(await readDraft(connection, 'response-r'), undefined);
  assert.deepEqual(await bytesOf(connection), ['a']);
  assert.equal((await revision(connection, 'r'))?.correctionGone, true, 'what is left of it says so');
  await keepExchange(connection, said(page([{ ...erased, seq: 3, parts: ['r-part-1'] }])));
  assert.deepEqual(await bytesOf(connection), [], 'erased as a whole: also what the server keeps for others');
});

test('a correction is missed only by whoever had changed something in it', async () => {
  const seen = async (label: string, own: Partial<StoredDraft>): Promise<true | undefined> => {
    const connection = freshConnection(`missed ${label}`);
    await connection.run((database) => database.put('workers', { id: 'amina', name: 'Amina', first: true }));
    await finalisedWith(connection, 'r');
    await saveDraft(connection, { ...sampleDraft('response-r'), corrects: 'r', ...own });
    await keepExchange(
      connection,
      said(page([{ kind: 'erased', seq: 2, id: 'response-r', parts: ['r-part-0'], attachments: [] }])),
    );
    assert.equal(await readDraft(connection, 'response-r'), undefined, 'it goes all the same');
    return (await revision(connection, 'r'))?.correctionGone;
  };
  assert.equal(await seen('looked at', { untouched: true }), undefined);
  assert.equal(await seen('another', { worker: 'bilal' }), undefined);
  assert.equal(await seen('nobody', {}), true);
  assert.equal(await seen('first', { worker: 'amina' }), true, 'what names nobody is the first worker’s');
});

function review(id: string, seq: number, state: 'approved' | 'received' | 'returned', reason = ''): Change {
  return { kind: 'review', seq, id: `response-${id}`, rev: id, state, reason };
}

async function reviewsOf(connection: Connection): Promise<readonly string[]> {
  const reviews = await readReviews(connection);
  return reviews.map(({ responseId, state, reason }) => `${responseId} ${state} ${reason}`.trimEnd());
}

test('what a coordinator decided is kept with the page; the last word counts', async () => {
  const connection = freshConnection('reviews');
  await finalisedWith(connection, 'r');
  await keepExchange(
    connection,
    said(page([held('r', 1), review('r', 2, 'approved'), review('r', 3, 'returned', 'Where?')])),
  );
  assert.deepEqual(await reviewsOf(connection), ['response-r returned Where?']);
  await keepExchange(connection, said(page([review('r', 4, 'received')])));
  assert.deepEqual(await reviewsOf(connection), ['response-r received']);
});

test('a server that was restored has the say: what only the lost log knew is forgotten', async () => {
  const connection = freshConnection('reviews-restored');
  for (const rev of ['r', 'q']) await finalisedWith(connection, rev);
  await keepExchange(connection, said(page([review('r', 3, 'returned', 'Where?'), review('q', 4, 'approved')])));
  await keepExchange(connection, said(page([review('q', 2, 'returned', 'What?')], { reset: true })));
  assert.deepEqual(await reviewsOf(connection), ['response-q returned What?']);
  await keepExchange(connection, said({ ...page([]), serverId: 'hub' }));
  assert.deepEqual(await reviewsOf(connection), ['response-q returned What?'], 'a hub takes no word away');
});

test('no reason outlives the answers, and none is kept of a response that is not here', async () => {
  const connection = freshConnection('reviews-erased');
  await finalisedWith(connection, 'r');
  await keepExchange(connection, said(page([review('r', 2, 'returned', 'Asha?'), review('elsewhere', 3, 'approved')])));
  assert.deepEqual(await reviewsOf(connection), ['response-r returned Asha?']);
  const gone: Change = { kind: 'erased', seq: 4, id: 'response-r', parts: ['r-part-0', 'r-part-1'], attachments: [] };
  await keepExchange(connection, said(page([gone])));
  assert.deepEqual(await reviewsOf(connection), []);
  await keepExchange(connection, said(page([review('r', 5, 'returned', 'Asha?')])));
  assert.deepEqual(await reviewsOf(connection), [], 'told again after a reset');
});
