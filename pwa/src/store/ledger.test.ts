import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEPT_AFTER_SAFE_MS, Ledger, MOST_PASSED_MS } from './ledger.ts';
import type { AttachmentState, RevisionState, StoredArrival, StoredRevision } from './schema.ts';
import { sampleAttachment, sampleRevision } from './testing/samples.ts';

const NOON = Date.parse('2026-11-20T12:00:00.000Z');

/** Of a response of the same name, with one part, and the photo `p`. */
function revision(rev: string, state: RevisionState): StoredRevision {
  const header = JSON.stringify({ id: rev, parts: [{ name: 'main', sha256: `${rev}-part` }] });
  return { ...sampleRevision(rev, rev), header, state, seq: 1, attachments: [sampleAttachment(rev, 'p')] };
}

const PHOTO = 'p'.repeat(64);

function photo(state: AttachmentState): StoredArrival {
  return { sha256: PHOTO, state, seq: 2 };
}

/** What the server's clock shows, so many milliseconds after noon. */
function at(milliseconds: number): string {
  return new Date(NOON + milliseconds).toISOString();
}

function erased(id: string) {
  return { kind: 'erased', seq: 9, id, parts: [`${id}-part`], attachments: [PHOTO] } as const;
}

test('a response is safe only together with its photos', () => {
  for (const [arrival, safeSeq, state] of [
    ['sent', 9, 'held'],
    ['held', 1, 'held'],
    ['held', 2, 'safe'],
    ['erased', 2, 'safe'],
  ] as const) {
    const ledger = new Ledger([revision('r', 'held')], [photo(arrival)]);
    ledger.secure({ safeSeq, time: at(0) }, at(0));
    assert.equal(ledger.revisions.get('r')?.state, state, `${arrival} ${safeSeq}`);
  }
});

test('what is safe is not taken back by what the feed says again', () => {
  const ledger = new Ledger([revision('r', 'safe')], [photo('safe')]);
  ledger.hear({ kind: 'response', seq: 1, rev: 'r', state: 'held' });
  ledger.hear({ kind: 'attachment', seq: 2, sha256: PHOTO });
  assert.deepEqual([ledger.revisions.get('r')?.state, ledger.arrivals.get(PHOTO)?.state], ['safe', 'safe']);
});

test('what was refused stays refused when it is erased, and its texts go', () => {
  const ledger = new Ledger([revision('r', 'refused')], []);
  ledger.hear(erased('r'));
  assert.deepEqual(ledger.revisions.get('r')?.parts, [null]);
  assert.equal(ledger.revisions.get('r')?.state, 'refused');
});

test('a photo that two responses name goes with the last of them, and stays whole for the other until then', () => {
  const ledger = new Ledger([revision('one', 'held'), revision('two', 'held')], [photo('held')]);
  ledger.hear(erased('one'));
  assert.deepEqual(ledger.filesToDelete, [[PHOTO, 'one']]);
  assert.equal(ledger.arrivals.get(PHOTO)?.state, 'held');
  ledger.hear(erased('two'));
  assert.deepEqual(ledger.filesToDelete.at(-1), [PHOTO, 'two']);
  assert.equal(ledger.arrivals.get(PHOTO)?.state, 'erased');
});

test('a photo that the server keeps for others goes once it is safe and only an erased response here names it', () => {
  const ledger = new Ledger([{ ...revision('one', 'erased'), parts: [null] }], [photo('held')]);
  ledger.secure({ safeSeq: 1, time: at(0) }, at(0));
  assert.deepEqual(ledger.filesToDelete, []);
  ledger.secure({ safeSeq: 2, time: at(0) }, at(0));
  assert.deepEqual(ledger.filesToDelete, [[PHOTO, 'one']]);
  assert.equal(ledger.arrivals.get(PHOTO)?.state, 'erased');
});

test('a photo that was erased with one response, and then comes with another, is brought again', () => {
  for (const missing of [[PHOTO], []]) {
    const ledger = new Ledger([revision('one', 'erased'), revision('two', 'finalised')], [photo('erased')]);
    ledger.note({ rev: 'two', status: 'stored', seq: 9, missing });
    assert.equal(ledger.arrivals.get(PHOTO)?.state, missing.length === 0 ? 'sent' : 'here');
  }
  const heard = new Ledger([revision('two', 'finalised')], [photo('erased')]);
  heard.hear({ kind: 'response', seq: 9, rev: 'two', state: 'held' });
  heard.secure({ safeSeq: 9, time: at(0) }, at(0));
  assert.deepEqual([heard.arrivals.get(PHOTO)?.state, heard.revisions.get('two')?.state], ['here', 'held']);
});

test('a server’s clock that was years behind and is put right does not take the copies away', () => {
  const ledger = new Ledger([{ ...revision('r', 'safe'), safeAt: at(0) }], [photo('safe')]);
  const years = 100 * KEPT_AFTER_SAFE_MS;
  ledger.secure({ safeSeq: 9, time: at(years) }, at(1));
  const rest = KEPT_AFTER_SAFE_MS - MOST_PASSED_MS - 1;
  for (let passed = 0; passed < rest; passed += MOST_PASSED_MS) {
    assert.equal(ledger.revisions.get('r')?.removedAt, undefined);
    ledger.secure({ safeSeq: 9, time: at(years + Math.min(passed + MOST_PASSED_MS, rest - 1)) }, at(years + passed));
  }
  assert.equal(ledger.revisions.get('r')?.removedAt, undefined);
  ledger.secure({ safeSeq: 9, time: at(years + rest) }, at(years + rest - 1));
  assert.equal(ledger.revisions.get('r')?.removedAt, at(years + rest));
});

test('a server’s clock that is put back by years does not keep the copies for years', () => {
  const ledger = new Ledger([{ ...revision('r', 'safe'), safeAt: at(0) }], [photo('safe')]);
  const back = -100 * KEPT_AFTER_SAFE_MS;
  ledger.secure({ safeSeq: 9, time: at(back) }, at(KEPT_AFTER_SAFE_MS - 1));
  assert.equal(ledger.revisions.get('r')?.removedAt, undefined);
  ledger.secure({ safeSeq: 9, time: at(back + 1) }, at(back));
  assert.equal(ledger.revisions.get('r')?.removedAt, at(back + 1));
});

test('what only a worker who has left could open goes as soon as it is safe, and is never offered again', () => {
  const sealed = { iv: new ArrayBuffer(1), content: new ArrayBuffer(1) };
  const left = { ...revision('r', 'held'), worker: 'w', keys: { own: sealed, phone: sealed } };
  const ledger = new Ledger([left], [photo('held')], ({ worker }) => worker === 'w');
  ledger.secure({ safeSeq: 9, time: at(0) }, at(0));
  assert.deepEqual([ledger.revisions.get('r')?.parts, ledger.revisions.get('r')?.removedAt], [[null], at(0)]);
  assert.deepEqual(ledger.filesToDelete, [[PHOTO, 'r']]);
  ledger.offerAgain();
  assert.equal(ledger.revisions.get('r')?.state, 'safe');
});
