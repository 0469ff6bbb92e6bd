/**
 * One phone's side of the conversation, as a pure machine: `step(session, event)` → the next session and what to do.
 *
 *   resting ─wake→ greeting ─hello→ gathering ⇄ pushing ⇄ noting      (until nothing waits)
 *                                       └→ asking ⇄ keeping → resting  (until no more changes)
 *   any failure → waiting ─timer→ greeting      401, 403, too old → stopped (a person has to do something)
 *
 * Answers that a person gave go first; what the server has to tell comes after. What is kept on disk changes only by the
 * effects `note-receipts` and `keep-page`, and nothing leaves the outbox without a receipt that echoes its own rev.
 */

import type { NetworkAnswer } from '../environment.ts';
import { type Answered, hearChanges, hearHello, hearPush } from './answers.ts';
import { backoff } from './backoff.ts';
import { BATCH_ITEMS, type Batch } from './batch.ts';
import type { ChangesPage, Hello } from './messages.ts';
import type { Effect, Event, Session, Step, Trouble, WakeReason } from './session-types.ts';

/** When nothing is wrong, ask again after so many milliseconds: a server may have news for us. */
export const RESTING_MS = 300_000;

export function newSession(): Session {
  return {
    phase: { kind: 'resting' },
    batchItems: BATCH_ITEMS,
    failures: 0,
    setAside: [],
    retryAfter: 0,
    wasReset: false,
    again: false,
  };
}

/** An event that does not belong to the phase (a late answer) changes nothing. */
export function step(session: Session, event: Event): Step {
  switch (event.kind) {
    case 'wake':
      return wake(session, event.reason, event.at);
    case 'gathered':
      return gathered(session, event.batch);
    case 'answered':
      return settle(session, hear(session, event.answer), event);
    case 'kept':
      return kept(session, event);
    case 'store-failed':
      return isUnderWay(session) ? settle(session, { kind: 'failed', why: 'server-busy' }, event) : unchanged(session);
  }
}

export function isUnderWay({ phase }: Session): boolean {
  return phase.kind !== 'resting' && phase.kind !== 'waiting' && phase.kind !== 'stopped';
}

function wake(session: Session, reason: WakeReason, at: number): Step {
  const { phase } = session;
  if (isUnderWay(session)) {
    const asked = reason === 'finalised' || reason === 'button';
    return unchanged(asked ? { ...session, again: true } : session);
  }
  if (phase.kind === 'waiting' && !mayCutShort(phase.why, reason) && at < phase.until) return unchanged(session);
  return begin(session);
}

/** A server that asked for quiet gets it, except from a person's finger. A network that was missing may be back. */
function mayCutShort(why: Trouble, reason: WakeReason): boolean {
  if (reason === 'timer' || reason === 'button') return true;
  return why === 'no-connection' || why === 'not-our-server';
}

function begin(session: Session): Step {
  const fresh = { ...newSession(), batchItems: session.batchItems, failures: session.failures };
  return { session: { ...fresh, phase: { kind: 'greeting' } }, effects: [{ kind: 'send', call: { name: 'hello' } }] };
}

function gather(session: Session, hello: Hello): Step {
  const effect: Effect = { kind: 'gather', items: session.batchItems, setAside: session.setAside };
  return { session: { ...session, phase: { kind: 'gathering', hello } }, effects: [effect] };
}

function gathered(session: Session, batch: Batch | undefined): Step {
  if (session.phase.kind !== 'gathering') return unchanged(session);
  const { hello } = session.phase;
  if (batch === undefined) return ask(session, hello);
  const effect: Effect = { kind: 'send', call: { name: 'push', body: batch.body } };
  return { session: { ...session, phase: { kind: 'pushing', hello, revs: batch.revs } }, effects: [effect] };
}

function ask(session: Session, hello: Hello): Step {
  const effect: Effect = { kind: 'send', call: { name: 'changes', serverId: hello.serverId } };
  return { session: { ...session, phase: { kind: 'asking', hello } }, effects: [effect] };
}

function hear({ phase }: Session, answer: NetworkAnswer): Answered {
  if (phase.kind === 'greeting') return hearHello(answer);
  if (phase.kind === 'pushing') return hearPush(answer, phase.revs);
  if (phase.kind === 'asking') return hearChanges(answer);
  return { kind: 'late' };
}

function settle(session: Session, heard: Answered, { at, fraction }: Event): Step {
  const { phase } = session;
  const hello = 'hello' in phase ? phase.hello : undefined;
  switch (heard.kind) {
    case 'late':
      return unchanged(session);
    case 'failed':
      return fail(session, { ...heard, at, fraction });
    case 'stop':
      return unchanged({ ...session, phase: { kind: 'stopped', why: heard.why } });
    case 'hello':
      return gather(session, heard.hello);
    case 'too-large':
      return hello === undefined ? unchanged(session) : gather({ ...session, batchItems: heard.batchItems }, hello);
    case 'receipts':
      return hello === undefined ? unchanged(session) : note(session, heard, hello);
    case 'page':
      return hello === undefined ? unchanged(session) : keep(session, heard.page, hello);
  }
}

function note(session: Session, heard: Extract<Answered, { kind: 'receipts' }>, hello: Hello): Step {
  const next: Session = {
    ...session,
    phase: { kind: 'noting', hello },
    batchItems: Math.min(BATCH_ITEMS, session.batchItems * 2),
    setAside: [...session.setAside, ...heard.setAside],
    retryAfter: Math.max(session.retryAfter, heard.retryAfter),
  };
  const renewal: Effect[] = heard.token === undefined ? [] : [{ kind: 'renew-token', token: heard.token }];
  return { session: next, effects: [...renewal, { kind: 'note-receipts', receipts: heard.receipts }] };
}

function keep(session: Session, page: ChangesPage, hello: Hello): Step {
  const effect: Effect = { kind: 'keep-page', page, serverId: hello.serverId, safeSeq: hello.safeSeq };
  return { session: { ...session, phase: { kind: 'keeping', hello, page } }, effects: [effect] };
}

function kept(session: Session, event: Event): Step {
  const { phase } = session;
  if (phase.kind === 'noting') return gather(session, phase.hello);
  if (phase.kind !== 'keeping') return unchanged(session);
  if (phase.page.reset && !session.wasReset) return gather({ ...session, wasReset: true }, phase.hello);
  if (phase.page.more) return ask(session, phase.hello);
  return finish(session, phase.hello, event);
}

function finish(session: Session, hello: Hello, { fraction }: Event): Step {
  const next = session.again ? begin(session) : rest(session, fraction);
  return {
    session: next.session,
    effects: [{ kind: 'finished' }, { kind: 'check-forms', hash: hello.forms }, ...next.effects],
  };
}

/** Items that were set aside bring us back sooner, but they do not stand in the way of a new one: so it is rest, not waiting. */
function rest(session: Session, fraction: number): Step {
  const failures = session.setAside.length > 0 ? session.failures + 1 : 0;
  const milliseconds = failures > 0 ? backoff(failures, fraction, session.retryAfter) : RESTING_MS;
  return {
    session: { ...session, failures, phase: { kind: 'resting' } },
    effects: [{ kind: 'wake-after', milliseconds }],
  };
}

interface Failure {
  readonly why: Trouble;
  readonly at: number;
  readonly fraction: number;
  readonly retryAfter?: number;
  readonly timedOut?: boolean;
}

function fail(session: Session, { why, at, fraction, retryAfter, timedOut }: Failure): Step {
  const failures = session.failures + 1;
  const milliseconds = backoff(failures, fraction, retryAfter);
  const batchItems = timedOut === true ? halfOf(session) : session.batchItems;
  const next: Session = { ...session, failures, batchItems, phase: { kind: 'waiting', until: at + milliseconds, why } };
  return { session: next, effects: [{ kind: 'wake-after', milliseconds }] };
}

/** Half of what did not get through in time, at least one item. */
function halfOf({ phase, batchItems }: Session): number {
  return phase.kind === 'pushing' ? Math.max(1, Math.floor(phase.revs.length / 2)) : batchItems;
}

function unchanged(session: Session): Step {
  return { session, effects: [] };
}
