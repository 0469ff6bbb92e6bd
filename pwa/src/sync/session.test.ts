/** What is too long for a transcript; the conversations themselves are in transcripts.test.ts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HAVE_NAMES, MOST_PAGES, newSession, step } from './session.ts';
import type { Event, Session, Step } from './session-types.ts';

const MOMENT = { at: 1_000_000, fraction: 0.5 };
const NOTHING: Event = { ...MOMENT, kind: 'gathered', unconfirmed: { revs: [], attachments: [] } };
const HELLO = { protocol: { min: 1, max: 1 }, server_id: 's', time: '', forms: 'f', safe_seq: 0 };

function page(more: boolean): Event {
  const body = JSON.stringify({ reset: false, changes: [], cursor: 'c', more, hello: HELLO });
  return { ...MOMENT, kind: 'answered', answer: { kind: 'answer', status: 200, body } };
}

function take(session: Session, events: readonly Event[]): Step {
  let taken: Step = { session, effects: [] };
  for (const event of events) taken = step(taken.session, event);
  return taken;
}

test('a feed that says more for ever ends with the pass, after so many pages', () => {
  const begun = take(newSession(), [{ ...MOMENT, kind: 'wake', reason: 'open' }, NOTHING]);
  const round: readonly Event[] = [page(true), { ...MOMENT, kind: 'kept' }, NOTHING];
  let { session } = begun;
  let rounds = 0;
  for (; session.phase.kind === 'asking'; rounds += 1) session = take(session, round).session;
  assert.equal(rounds, MOST_PAGES);
  assert.equal(session.phase.kind, 'resting');
});

test('a have asks about no more names than a server takes', () => {
  const revs = Array.from({ length: HAVE_NAMES - 1 }, (_, index) => `r${index}`);
  const many: Event = { ...NOTHING, unconfirmed: { revs, attachments: ['p', 'q'] } };
  const wake: Event = { ...MOMENT, kind: 'wake', reason: 'open' };
  const { session } = take(newSession(), [wake, NOTHING, page(false), { ...MOMENT, kind: 'kept' }, many]);
  assert.equal(session.phase.kind, 'checking');
  assert.deepEqual('names' in session.phase && session.phase.names.slice(-2), [`r${HAVE_NAMES - 2}`, 'p']);
});
