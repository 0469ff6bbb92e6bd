/**
 * One phone's side of the conversation, as a pure machine: `step(session, event)` → the next session and what to do.
 *
 *   resting ─wake→ gathering ─┬ a batch waits ───────→ pushing ───→ keeping ──┐
 *                      ↑      ├ the feed is unread ──→ asking ────→ keeping ──┤
 *                      │      ├ sent, not confirmed ─→ checking ──→ keeping ──┤
 *                      │      ├ an attachment waits ─→ measuring, uploading ──┤ (a piece at a time: a new text goes between)
 *                      │      └ nothing waits → resting     └ whole → marking ┤
 *                      └──────────────────────────────────────────────────────┘
 *   any failure → waiting ─timer→ gathering      401, 403, too old → stopped (a person has to do something)
 *
 * What is kept on disk changes only by `keep`, `keep-have` and `mark-uploaded`; nothing leaves the outbox without a receipt
 * that echoes a rev of this very push. A push brings the page of the feed behind it: ten new responses are one request.
 *
 * A pass ends whatever a server says, for each answer uses something up, once the store keeps what it is told to: a push
 * halves the batch, or each of its revs gets a receipt or is set aside; a page is one of MOST_PAGES; a name is asked about
 * once, and once more after the one reset, so that nothing comes back to be sent more than twice; a piece moves an attachment
 * on by its whole length, a correction is believed once of each, and anything else sets it aside.
 * `sync/session.py` is the same in Python; tests/vectors/transcripts and random conversations hold them together.
 */

import type { NetworkAnswer } from '../environment.ts';
import { type Answered, hearChanges, hearHave, hearMeasure, hearPush, hearUpload, type Receipts } from './answers.ts';
import { backoff } from './backoff.ts';
import { BATCH_ITEMS, type Batch } from './batch.ts';
import type { ChangesPage } from './messages.ts';
import { discouraged, encouraged, FIRST_PIECE, withLargerBatch, withLargerPiece } from './pace.ts';
import type {
  Effect,
  Event,
  Phase,
  Place,
  Session,
  Source,
  Step,
  Trouble,
  Unconfirmed,
  Upload,
  WakeReason,
} from './session-types.ts';
import { mustWait, wantedAgain } from './waking.ts';

/** When nothing is wrong, ask again after so many milliseconds: a server may have news for us. */
export const RESTING_MS = 300_000;
/** Most pages of the feed in one pass; what is left comes in the next. */
export const MOST_PAGES = 1_000;
/** Most names of one `have`. */
export const HAVE_NAMES = 2_000;

type Gathered = Extract<Event, { kind: 'gathered' }>;

export function newSession(): Session {
  return {
    phase: { kind: 'resting' },
    batchItems: BATCH_ITEMS,
    pieceBytes: FIRST_PIECE,
    failures: 0,
    setAside: [],
    asked: [],
    corrected: [],
    retryAfter: 0,
    wasReset: false,
    heard: 'no',
    pages: 0,
    again: 'no',
  };
}

/** An event that does not belong to the phase (a late answer) changes nothing. */
export function step(session: Session, event: Event): Step {
  const { phase } = session;
  switch (event.kind) {
    case 'wake':
      return wake(session, event.reason, event.at);
    case 'gathered':
      return phase.kind === 'gathering' ? decide(session, event) : unchanged(session);
    case 'answered':
      return settle(session, hear(phase, event.answer), event);
    case 'kept':
      return phase.kind === 'keeping' || phase.kind === 'marking' ? gather(session) : unchanged(session);
    case 'store-failed':
      if (phase.kind === 'uploading') return putAside(session, phase.upload);
      return isUnderWay(session) ? fail(session, { why: 'storage-failed' }, event) : unchanged(session);
  }
}

export function isUnderWay({ phase }: Session): boolean {
  return phase.kind !== 'resting' && phase.kind !== 'waiting' && phase.kind !== 'stopped';
}

function wake(session: Session, reason: WakeReason, at: number): Step {
  const { phase } = session;
  if (isUnderWay(session)) return unchanged({ ...session, again: wantedAgain(session, reason) });
  return phase.kind === 'waiting' && mustWait(phase, reason, at) ? unchanged(session) : begin(session);
}

function begin({ batchItems, pieceBytes, failures, cut }: Session): Step {
  return gather({ ...newSession(), batchItems, pieceBytes, failures, cut });
}

function gather(session: Session): Step {
  const again = session.again === 'look' ? 'no' : session.again;
  const effect: Effect = { kind: 'gather', items: session.batchItems, setAside: session.setAside };
  return { session: { ...session, again, phase: { kind: 'gathering' } }, effects: [effect] };
}

/** What goes next, the most important first. */
function decide(session: Session, { batch, unconfirmed, upload, fraction }: Gathered): Step {
  const isOffered = (name: string): boolean => !session.setAside.includes(name);
  if (batch?.revs.every(isOffered)) return push(session, batch);
  if (session.heard === 'no') return ask(session);
  const unknown = session.heard === 'yes' ? unknownOf(session, unconfirmed) : undefined;
  if (unknown !== undefined) return check(session, unknown);
  if (upload !== undefined && isOffered(upload.sha256)) return carry(session, upload);
  if (session.heard === 'earlier') return ask(session);
  return session.again === 'look' ? gather(session) : finish(session, fraction);
}

function push(session: Session, { revs, body }: Batch): Step {
  return send(session, { kind: 'pushing', revs }, { name: 'push', body });
}

function ask(session: Session): Step {
  return send(session, { kind: 'asking' }, { name: 'changes' });
}

/** Those that this pass has not asked about, as many as one `have` takes; undefined when there are none. */
function unknownOf({ asked, setAside }: Session, { revs, attachments }: Unconfirmed): Unconfirmed | undefined {
  const isNew = (name: string): boolean => !asked.includes(name) && !setAside.includes(name);
  const first = revs.filter(isNew).slice(0, HAVE_NAMES);
  const then = attachments.filter(isNew).slice(0, HAVE_NAMES - first.length);
  return first.length + then.length === 0 ? undefined : { revs: first, attachments: then };
}

function check(session: Session, { revs, attachments }: Unconfirmed): Step {
  const names = [...revs, ...attachments];
  const body = JSON.stringify({ revs, attachments });
  const next = { ...session, asked: [...session.asked, ...names] };
  return send(next, { kind: 'checking', names }, { name: 'have', body });
}

/** The next piece, or first the question where it begins. An empty file has no place to ask for: it goes as it is. */
function carry(session: Session, upload: Upload): Step {
  const { sha256 } = upload;
  const known = session.place?.sha256 === sha256 ? session.place.offset : undefined;
  const offset = upload.bytes === 0 ? 0 : known;
  if (offset === undefined) return send(session, { kind: 'measuring', upload }, { name: 'measure', sha256 });
  if (upload.bytes > 0 && offset === upload.bytes) return mark(session, upload);
  const bytes = Math.min(session.pieceBytes, upload.bytes - offset);
  return send(session, { kind: 'uploading', upload, offset, bytes }, { name: 'upload', sha256, offset, bytes });
}

function send(session: Session, phase: Phase, call: Extract<Effect, { kind: 'send' }>['call']): Step {
  return { session: { ...session, phase }, effects: [{ kind: 'send', call }] };
}

function hear(phase: Phase, answer: NetworkAnswer): Answered {
  if (phase.kind === 'pushing') return hearPush(answer, phase.revs);
  if (phase.kind === 'asking') return hearChanges(answer);
  if (phase.kind === 'checking') return hearHave(answer, phase.names);
  if (phase.kind === 'measuring') return hearMeasure(answer, phase.upload);
  if (phase.kind === 'uploading') return hearUpload(answer, phase.upload, phase.offset + phase.bytes);
  return { kind: 'late' };
}

function settle(session: Session, heard: Answered, event: Event): Step {
  switch (heard.kind) {
    case 'late':
      return unchanged(session);
    case 'failed':
      return fail(session, heard, event);
    case 'stop':
      // A finger pressed meanwhile is heeded: the token may be another one by now.
      if (session.again === 'pass') return begin(session);
      return unchanged({ ...session, phase: { kind: 'stopped', why: heard.why } });
    case 'too-large':
      return gather({ ...session, batchItems: heard.batchItems });
    case 'receipts':
      return keep(noted(session, heard), heard);
    case 'page':
      return keep(session, { ...heard, receipts: [] });
    case 'have':
      return keepHave(session, heard);
    default:
      return settleUpload(session, heard);
  }
}

function noted(session: Session, { setAside, retryAfter }: Receipts): Session {
  return {
    ...withLargerBatch(session),
    setAside: [...session.setAside, ...setAside],
    retryAfter: Math.max(session.retryAfter, retryAfter),
  };
}

/**
 * A second reset in a pass is not obeyed: its page is left where it is, and the next pass asks again. Without a page nothing
 * tells whether the log is still the one our seqs are from: so it makes nothing safe.
 */
function keep(session: Session, { receipts, page, ours }: Pick<Receipts, 'receipts' | 'page' | 'ours'>): Step {
  const obeyed = page?.reset && session.wasReset ? undefined : page;
  const turned = page === undefined ? session : turn(session, page, obeyed !== undefined);
  const next = ours === undefined ? turned : { ...turned, server: ours.hello };
  const renewal: Effect[] = ours?.token === undefined ? [] : [{ kind: 'renew-token', token: ours.token }];
  if (receipts.length === 0 && obeyed === undefined) return preceded(renewal, gather(next));
  const kept = { receipts, ...(obeyed === undefined ? {} : { page: obeyed }) };
  const source = obeyed === undefined ? { ...sourceOf(next), safeSeq: 0, time: '' } : sourceOf(next);
  const effect: Effect = { kind: 'keep', ...kept, ...source };
  return { session: { ...next, phase: { kind: 'keeping' } }, effects: [...renewal, effect] };
}

function turn(session: Session, { reset, more }: ChangesPage, isObeyed: boolean): Session {
  if (!isObeyed) return { ...session, heard: 'yes' };
  const pages = session.pages + 1;
  const heard = more && pages < MOST_PAGES ? 'no' : 'yes';
  return { ...session, pages, heard, ...(reset ? { wasReset: true, asked: [], place: undefined } : {}) };
}

function keepHave(session: Session, heard: Extract<Answered, { kind: 'have' }>): Step {
  const next: Session = {
    ...session,
    server: heard.ours.hello,
    setAside: [...session.setAside, ...heard.unanswered],
    phase: { kind: 'keeping' },
  };
  return { session: next, effects: [{ kind: 'keep-have', ...heard.have, ...sourceOf(next) }] };
}

function sourceOf({ server }: Session): Source {
  return { serverId: server?.serverId ?? '', safeSeq: server?.safeSeq ?? 0, time: server?.time ?? '' };
}

function settleUpload(session: Session, heard: Extract<Answered, { kind: 'place' | 'corrected' | 'unwanted' }>): Step {
  const { phase } = session;
  if (phase.kind !== 'measuring' && phase.kind !== 'uploading') return unchanged(session);
  const { upload } = phase;
  if (heard.kind === 'unwanted') return putAside(session, upload);
  const place = { sha256: upload.sha256, offset: heard.offset };
  if (heard.kind === 'corrected') return correct(session, upload, place);
  const next = phase.kind === 'uploading' ? withLargerPiece(session) : encouraged(session, place);
  return place.offset === upload.bytes ? mark(next, upload) : gather({ ...next, place });
}

function correct(session: Session, upload: Upload, place: Place): Step {
  if (session.corrected.includes(upload.sha256)) return putAside(session, upload);
  return gather({ ...session, place, corrected: [...session.corrected, upload.sha256] });
}

function putAside(session: Session, { sha256 }: Upload): Step {
  return gather({ ...session, place: undefined, setAside: [...session.setAside, sha256] });
}

function mark(session: Session, { sha256 }: Upload): Step {
  const next: Session = { ...session, phase: { kind: 'marking', sha256 }, heard: 'earlier', place: undefined };
  return { session: next, effects: [{ kind: 'mark-uploaded', sha256 }] };
}

function finish(session: Session, fraction: number): Step {
  const forms: Effect[] = session.server === undefined ? [] : [{ kind: 'check-forms', hash: session.server.forms }];
  const next = session.again === 'pass' ? begin(session) : rest(session, fraction);
  return preceded([{ kind: 'finished' }, ...forms], next);
}

/** Names that were set aside bring us back sooner, but they do not stand in the way of a new one: so it is rest, not waiting. */
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
  readonly retryAfter?: number;
  readonly lost?: 'unreachable' | 'timeout';
}

function fail(session: Session, { why, retryAfter, lost }: Failure, { at, fraction }: Event): Step {
  const failures = session.failures + 1;
  const milliseconds = backoff(failures, fraction, retryAfter);
  return {
    session: {
      ...discouraged(session, lost ?? 'no'),
      failures,
      phase: { kind: 'waiting', until: at + milliseconds, why },
    },
    effects: [{ kind: 'wake-after', milliseconds }],
  };
}

function preceded(effects: readonly Effect[], next: Step): Step {
  return { session: next.session, effects: [...effects, ...next.effects] };
}

function unchanged(session: Session): Step {
  return { session, effects: [] };
}
