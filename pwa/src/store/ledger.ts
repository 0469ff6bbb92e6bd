/**
 * What an exchange with a server changes on this phone, worked out in memory: no disk, no clock. exchange.ts reads before and
 * writes after, in one transaction.
 *
 * - A receipt moves only what waits in the outbox, and confirms nothing: the log that it speaks of may be gone by the next day. The
 *   feed and answers about what the server has confirm. Nothing moves back save by a reset or by `missing`.
 * - Safe is only what was confirmed, and only by an answer that vouches for the log: a page of it, or what the server has.
 * - After a reset all that is not known to be in the new log waits to be confirmed; what was removed from this phone is left alone.
 * - A response is safe with all its files, or not at all. Then it loses the key by which it could be sent from a locked phone.
 * - What is erased stays erased, and takes the first words, which stand in the list, along. What was refused stays refused. A file
 *   that another response here names as well stays for that one.
 * - What nobody on this phone can open any more, for its worker has left, goes as soon as it is safe.
 * - The phone's copy goes 30 days after it was safe, by the server's time; of a leap of its clock only a week counts.
 */

import type { Change, Receipt } from '../sync/messages.ts';
import { fieldsOf, listOf, parseJson, textOf } from '../sync/shape.ts';
import type { AttachmentState, RevisionState, StoredArrival, StoredRevision } from './schema.ts';

/** How long a copy stays on the phone after it is safe. */
export const KEPT_AFTER_SAFE_MS = 30 * 24 * 3_600_000;
/** So much time may have passed between two answers. What is more may be a wrong clock that was put right. */
export const MOST_PASSED_MS = 7 * 24 * 3_600_000;

/** Bytes to be deleted, by the key of their store. */
export type FileKey = [sha256: string, responseId: string];

/** What the server's log, or its answer to a question, says of a revision. */
interface Confirmed {
  readonly rev: string;
  readonly seq: number;
  readonly state: 'held' | 'set-aside';
}

/** What a server said of itself in the same answer. */
export interface Standing {
  /** Changes up to this seq are in a verified backup. */
  readonly safeSeq: number;
  /** ISO 8601 UTC by its clock. */
  readonly time: string;
}

export class Ledger {
  readonly revisions: Map<string, StoredRevision>;
  readonly arrivals: Map<string, StoredArrival>;
  /** Names of what differs from what was read. */
  readonly changedRevisions: Set<string> = new Set();
  readonly changedArrivals: Set<string> = new Set();
  readonly filesToDelete: FileKey[] = [];

  /** Its worker has left this phone. */
  readonly #isLeft: (revision: StoredRevision) => boolean;

  constructor(
    revisions: readonly StoredRevision[],
    arrivals: readonly StoredArrival[],
    isLeft: (revision: StoredRevision) => boolean = () => false,
  ) {
    this.#isLeft = isLeft;
    this.revisions = new Map(revisions.map((revision) => [revision.rev, revision]));
    this.arrivals = new Map(arrivals.map((arrival) => [arrival.sha256, arrival]));
  }

  /** Ids of the responses that screens show: not of what a cleared phone keeps only to send it, nor of what is erased. */
  seenResponses(): readonly string[] {
    const shown = [...this.revisions.values()].filter(({ sealed, state }) => sealed !== true && state !== 'erased');
    return shown.map(({ responseId }) => responseId);
  }

  /** The log is another one: nothing of what we knew about it holds. */
  offerAgain(): void {
    for (const revision of this.revisions.values())
      if (isBeyondSent(revision) && revision.removedAt === undefined) this.#put(unconfirmed(revision));
    const kept = new Set(
      [...this.revisions.values()].filter(({ removedAt }) => removedAt === undefined).flatMap(filesOf),
    );
    for (const { sha256, state } of this.arrivals.values())
      if ((state === 'held' || state === 'safe') && kept.has(sha256)) this.#arrive(sha256, 'sent');
  }

  note(receipt: Receipt): void {
    const revision = this.revisions.get(receipt.rev);
    if (revision === undefined) return;
    this.#bringAnew(revision);
    if (revision.state === 'finalised' || (revision.state === 'sent' && revision.seq === undefined))
      this.#put(withReceipt(revision, receipt));
    if (receipt.status === 'refused' || receipt.status === 'retry') return;
    const missing = new Set(receipt.missing);
    for (const sha256 of filesOf(revision)) this.#noteFile(sha256, missing.has(sha256));
  }

  hear(change: Change): void {
    if (change.kind === 'response') this.confirm(change);
    if (change.kind === 'attachment') this.holdFile(change.sha256, change.seq);
    if (change.kind === 'erased') this.#erase(change);
  }

  /** What is safe or erased stays so; else the server's word now stands above its word before. */
  confirm({ rev, seq, state }: Confirmed): void {
    const revision = this.revisions.get(rev);
    if (revision === undefined || isSettled(revision.state)) return;
    this.#bringAnew(revision);
    this.#put({ ...withoutReason(revision), state, seq });
  }

  holdFile(sha256: string, seq: number): void {
    if (!isSettled(this.#stateOf(sha256))) this.#arrive(sha256, 'held', seq);
  }

  /** The server does not have it: back to the outbox. */
  miss(rev: string): void {
    const revision = this.revisions.get(rev);
    if (revision?.state === 'sent') this.#put({ ...unconfirmed(revision), state: 'finalised' });
  }

  missFile(sha256: string): void {
    if (this.#stateOf(sha256) === 'sent') this.#arrive(sha256, 'here');
  }

  /** All of it came whole to the server; the feed will say so too. */
  sent(sha256: string): void {
    const state = this.#stateOf(sha256);
    if (state === 'here' || state === 'damaged') this.#arrive(sha256, 'sent');
  }

  /** Last of all: what a verified backup covers is safe, and what has been safe for long is removed from here. */
  secure({ safeSeq, time }: Standing, timeBefore: string): void {
    const uncounted = uncountedOf(Date.parse(time) - Date.parse(timeBefore));
    for (const { sha256, state, seq } of this.arrivals.values())
      if (state === 'held' && seq !== undefined && seq <= safeSeq) this.#arrive(sha256, 'safe', seq);
    for (const revision of this.revisions.values()) {
      const next = this.#aged(this.#secured(revision, safeSeq), time, uncounted);
      if (next !== revision) this.#put(next);
    }
    for (const revision of this.revisions.values())
      if (revision.state === 'erased') for (const sha256 of filesOf(revision)) this.#dropUnneeded(sha256);
  }

  /** One that was finished after its file was erased with another response brings it again. */
  #bringAnew(revision: StoredRevision): void {
    if (revision.state !== 'finalised') return;
    for (const sha256 of filesOf(revision)) if (this.#stateOf(sha256) === 'erased') this.#arrive(sha256, 'here');
  }

  #naming(sha256: string): readonly StoredRevision[] {
    return [...this.revisions.values()].filter((revision) => filesOf(revision).includes(sha256));
  }

  /** The server has it for others; here only what was erased names it. */
  #dropUnneeded(sha256: string): void {
    const naming = this.#naming(sha256);
    if (this.#stateOf(sha256) !== 'safe' || naming.some(keepsFiles)) return;
    this.#arrive(sha256, 'erased');
    for (const { responseId } of naming) this.filesToDelete.push([sha256, responseId]);
  }

  #erase({ id, parts, attachments }: Extract<Change, { kind: 'erased' }>): void {
    for (const revision of this.revisions.values())
      if (revision.responseId === id) this.#put(withoutParts(revision, new Set(parts)));
    for (const sha256 of attachments) {
      const naming = this.#naming(sha256);
      const keeping = naming.filter((revision) => revision.responseId !== id && keepsFiles(revision));
      if (keeping.length === 0) this.#arrive(sha256, 'erased');
      for (const revision of naming)
        if (!keeping.includes(revision)) this.filesToDelete.push([sha256, revision.responseId]);
    }
  }

  /** What a receipt tells about one file of its revision. */
  #noteFile(sha256: string, isMissing: boolean): void {
    const state = this.#stateOf(sha256);
    if (isMissing && state !== 'erased' && state !== 'damaged') this.#arrive(sha256, 'here');
    if (!isMissing) this.sent(sha256);
  }

  #isWhole(revision: StoredRevision): boolean {
    return filesOf(revision).every((sha256) => isSettled(this.#stateOf(sha256)));
  }

  #secured(revision: StoredRevision, safeSeq: number): StoredRevision {
    const { state, seq } = revision;
    const isCovered = state === 'held' && seq !== undefined && seq <= safeSeq && this.#isWhole(revision);
    return isCovered ? withoutPhoneKey({ ...revision, state: 'safe' }) : revision;
  }

  #aged(revision: StoredRevision, time: string, uncounted: number): StoredRevision {
    if (revision.state !== 'safe' || revision.removedAt !== undefined) return revision;
    if (!this.#isWhole(revision) || !isTime(time)) return revision;
    const isLost = this.#isLeft(revision) && opensByOwnAlone(revision);
    if (revision.safeAt === undefined && !isLost) return { ...revision, safeAt: time };
    const safeAt = Date.parse(revision.safeAt ?? time) + uncounted;
    if (!isLost && Date.parse(time) - safeAt < KEPT_AFTER_SAFE_MS)
      return uncounted === 0 ? revision : { ...revision, safeAt: new Date(safeAt).toISOString() };
    for (const sha256 of filesOf(revision))
      if (!this.#isNamedBeside(revision, sha256)) this.filesToDelete.push([sha256, revision.responseId]);
    const [parts, since] = [revision.parts.map(() => null), revision.safeAt ?? time];
    return { ...revision, parts, shortTitle: '', safeAt: since, removedAt: time };
  }

  /** By a correction of the same response, which still keeps it. */
  #isNamedBeside({ rev, responseId }: StoredRevision, sha256: string): boolean {
    const beside = this.#naming(sha256).filter((other) => other.responseId === responseId && other.rev !== rev);
    return beside.some(keepsFiles);
  }

  #stateOf(sha256: string): AttachmentState {
    return this.arrivals.get(sha256)?.state ?? 'here';
  }

  #arrive(sha256: string, state: AttachmentState, seq?: number): void {
    this.arrivals.set(sha256, { sha256, state, ...(seq === undefined ? {} : { seq }) });
    this.changedArrivals.add(sha256);
  }

  #put(revision: StoredRevision): void {
    this.revisions.set(revision.rev, revision);
    this.changedRevisions.add(revision.rev);
  }
}

function filesOf({ attachments = [] }: StoredRevision): readonly string[] {
  return attachments.map(({ sha256 }) => sha256);
}

function isBeyondSent({ state }: StoredRevision): boolean {
  return state === 'sent' || state === 'set-aside' || state === 'held' || state === 'safe';
}

/** Nothing more of it will come to the server, and all that will is in the backup. */
function isSettled(state: AttachmentState | RevisionState): boolean {
  return state === 'safe' || state === 'erased';
}

/** The bytes of its files are here, and belong to it. */
function keepsFiles({ state, removedAt }: StoredRevision): boolean {
  return state !== 'erased' && removedAt === undefined;
}

/** And that key went with its worker. */
function opensByOwnAlone({ keys }: StoredRevision): boolean {
  return keys !== undefined && keys.phone === undefined;
}

/** It needs to be sent no more: from now on only its worker opens it (store/sealing.ts), where they have a PIN. */
function withoutPhoneKey(revision: StoredRevision): StoredRevision {
  const { own } = revision.keys ?? {};
  return own === undefined ? revision : { ...revision, keys: { own } };
}

/** ISO 8601 that can be counted with. */
export function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

/** Of what a clock has moved since it was last heard of. Back counts as nothing; an unknown step is none. */
function uncountedOf(moved: number): number {
  return Number.isNaN(moved) ? 0 : moved - Math.min(Math.max(moved, 0), MOST_PASSED_MS);
}

function unconfirmed({ seq: _, safeAt: __, why: ___, ...revision }: StoredRevision): StoredRevision {
  return { ...revision, state: 'sent' };
}

function withoutReason({ code: _, why: __, ...revision }: StoredRevision): StoredRevision {
  return revision;
}

/** `quarantined` is on the server's disk and waits there for a person: sent, like the others, until the feed or a `have` tells. */
function withReceipt(revision: StoredRevision, { status, code, why, seq }: Receipt): StoredRevision {
  if (status === 'retry') return revision;
  if (status === 'refused') return { ...revision, state: 'refused', code: code ?? 'malformed' };
  const reason = status === 'quarantined' ? { why: why ?? '' } : {};
  return { ...revision, state: 'sent', ...reason, ...(seq === undefined ? {} : { seq }) };
}

function withoutParts(revision: StoredRevision, erased: ReadonlySet<string>): StoredRevision {
  const names = partNames(revision.header);
  const parts = revision.parts.map((part, place) => (erased.has(names[place] ?? '') ? null : part));
  if (parts.every((part, place) => part === revision.parts[place])) return revision;
  const isGone = revision.state !== 'refused' && parts.every((part) => part === null);
  const state = isGone ? 'erased' : revision.state;
  return { ...revision, parts, state, shortTitle: '' };
}

/** Sha256 of each part, in their order. */
function partNames(header: string): readonly string[] {
  return listOf(fieldsOf(parseJson(header)).get('parts'), (part) => textOf(fieldsOf(part).get('sha256')) ?? '');
}
