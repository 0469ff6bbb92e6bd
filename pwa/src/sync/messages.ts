/**
 * What a server says, parsed at the border. Undefined means: this is not an answer of ours – a captive portal's page,
 * half an answer – and nothing may be concluded from it. `sync/replies.py` is the same in Python.
 */

import { countOf, type Fields, fieldsOf, listOf, oneOf, textOf } from './shape.ts';

/** The protocol that this app speaks. */
export const PROTOCOL = 1;

export interface Hello {
  readonly protocol: { readonly min: number; readonly max: number };
  readonly serverId: string;
  /** The server's clock, ISO 8601 UTC. */
  readonly time: string;
  /** Sha256 of the body of the manifest of forms. */
  readonly forms: string;
  /** Every change up to this seq is in a verified backup. */
  readonly safeSeq: number;
}

const STATUSES = ['stored', 'duplicate', 'conflict', 'quarantined', 'erased', 'retry', 'refused'] as const;
export type ReceiptStatus = (typeof STATUSES)[number];

export interface Receipt {
  readonly rev: string;
  readonly status: ReceiptStatus;
  /** Only with `refused`: malformed | hash-mismatch | oversize. */
  readonly code?: string;
  /** Only with `quarantined`. */
  readonly why?: string;
  /** Only with `retry`: milliseconds. */
  readonly after?: number;
  /** Its place in the server's log, whenever it is kept there. */
  readonly seq?: number;
  /** Attachments it names that the server does not have. */
  readonly missing: readonly string[];
}

const STATES = ['held', 'set-aside'] as const;
const REVIEW_STATES = ['received', 'approved', 'returned', 'rejected'] as const;

export type Change =
  | { readonly kind: 'response'; readonly seq: number; readonly rev: string; readonly state: (typeof STATES)[number] }
  | { readonly kind: 'forms'; readonly seq: number }
  /** Is there, whole and durable. */
  | { readonly kind: 'attachment'; readonly seq: number; readonly sha256: string }
  /** These texts and files of the response `id` are to be deleted here too. */
  | {
      readonly kind: 'erased';
      readonly seq: number;
      readonly id: string;
      readonly parts: readonly string[];
      readonly attachments: readonly string[];
    }
  /** A coordinator decided about the revision `rev` of the response `id`; `reason`: '' where none was given. */
  | {
      readonly kind: 'review';
      readonly seq: number;
      readonly id: string;
      readonly rev: string;
      readonly state: (typeof REVIEW_STATES)[number];
      readonly reason: string;
    };

export interface ChangesPage {
  /** The log is not the one our cursor came from: offer everything again. */
  readonly reset: boolean;
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly more: boolean;
}

export interface HeldRevision {
  readonly rev: string;
  readonly seq: number;
  readonly state: (typeof STATES)[number];
}

export interface HeldAttachment {
  readonly sha256: string;
  readonly seq: number;
}

export interface HaveAnswer {
  readonly held: readonly HeldRevision[];
  readonly heldAttachments: readonly HeldAttachment[];
  readonly missing: readonly string[];
  readonly missingAttachments: readonly string[];
}

/** The `hello` member of an answer. */
export function readHello(answer: Fields): Hello | undefined {
  const fields = fieldsOf(answer.get('hello'));
  const protocol = fieldsOf(fields.get('protocol'));
  const min = countOf(protocol.get('min'));
  const max = countOf(protocol.get('max'));
  const serverId = textOf(fields.get('server_id'));
  if (min === undefined || max === undefined || serverId === undefined) return undefined;
  return {
    protocol: { min, max },
    serverId,
    time: textOf(fields.get('time')) ?? '',
    forms: textOf(fields.get('forms')) ?? '',
    safeSeq: countOf(fields.get('safe_seq')) ?? 0,
  };
}

export function readReceipts(answer: Fields): readonly Receipt[] {
  return listOf(answer.get('receipts'), readReceipt);
}

function readReceipt(value: unknown): Receipt | undefined {
  const fields = fieldsOf(value);
  const rev = textOf(fields.get('rev'));
  const status = oneOf(STATUSES, fields.get('status'));
  if (rev === undefined || status === undefined) return undefined;
  const code = textOf(fields.get('code'));
  const why = textOf(fields.get('why'));
  const after = countOf(fields.get('after_ms'));
  const seq = countOf(fields.get('seq'));
  return {
    rev,
    status,
    ...(code === undefined ? {} : { code }),
    ...(why === undefined ? {} : { why }),
    ...(after === undefined ? {} : { after }),
    ...(seq === undefined ? {} : { seq }),
    missing: textsOf(fields.get('missing')),
  };
}

/** Of an answer to changes, or of the `page` in an answer to push. */
export function readPage(fields: Fields): ChangesPage | undefined {
  const cursor = textOf(fields.get('cursor'));
  const changes = fields.get('changes');
  if (cursor === undefined || !Array.isArray(changes)) return undefined;
  return {
    reset: fields.get('reset') === true,
    changes: listOf(changes, readChange),
    cursor,
    more: fields.get('more') === true,
  };
}

/** A kind that a newer server has invented is passed over; the cursor moves on all the same. */
function readChange(value: unknown): Change | undefined {
  const fields = fieldsOf(value);
  const seq = countOf(fields.get('seq'));
  if (seq === undefined) return undefined;
  const kind = fields.get('kind');
  if (kind === 'forms') return { kind, seq };
  if (kind === 'response') return readResponseChange(fields, seq);
  const sha256 = textOf(fields.get('sha256'));
  if (kind === 'attachment' && sha256 !== undefined) return { kind, seq, sha256 };
  if (kind === 'review') return readReviewChange(fields, seq);
  const id = textOf(fields.get('id'));
  if (kind !== 'erased' || id === undefined) return undefined;
  return { kind, seq, id, parts: textsOf(fields.get('parts')), attachments: textsOf(fields.get('attachments')) };
}

function readResponseChange(fields: Fields, seq: number): Change | undefined {
  const rev = textOf(fields.get('rev'));
  const state = oneOf(STATES, fields.get('state'));
  return rev === undefined || state === undefined ? undefined : { kind: 'response', seq, rev, state };
}

function readReviewChange(fields: Fields, seq: number): Change | undefined {
  const id = textOf(fields.get('id'));
  const rev = textOf(fields.get('rev'));
  const state = oneOf(REVIEW_STATES, fields.get('state'));
  if (id === undefined || rev === undefined || state === undefined) return undefined;
  return { kind: 'review', seq, id, rev, state, reason: textOf(fields.get('reason')) ?? '' };
}

export function readHave(answer: Fields): HaveAnswer | undefined {
  if (!Array.isArray(answer.get('missing'))) return undefined;
  return {
    held: listOf(answer.get('held'), readHeldRevision),
    heldAttachments: listOf(answer.get('held_attachments'), readHeldAttachment),
    missing: textsOf(answer.get('missing')),
    missingAttachments: textsOf(answer.get('missing_attachments')),
  };
}

function readHeldRevision(value: unknown): HeldRevision | undefined {
  const fields = fieldsOf(value);
  const [rev, seq] = [textOf(fields.get('rev')), countOf(fields.get('seq'))];
  return rev === undefined || seq === undefined
    ? undefined
    : { rev, seq, state: oneOf(STATES, fields.get('state')) ?? 'held' };
}

function readHeldAttachment(value: unknown): HeldAttachment | undefined {
  const fields = fieldsOf(value);
  const [sha256, seq] = [textOf(fields.get('sha256')), countOf(fields.get('seq'))];
  return sha256 === undefined || seq === undefined ? undefined : { sha256, seq };
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value, textOf);
}
