/**
 * What a server says, parsed at the border. Undefined means: this is not an answer of ours – a captive portal's page,
 * half an answer – and nothing may be concluded from it.
 */

import { countOf, fieldsOf, listOf, oneOf, parseJson, textOf } from './shape.ts';

/** The protocol that this app speaks. */
export const PROTOCOL = 1;

export interface Hello {
  readonly protocol: { readonly min: number; readonly max: number };
  readonly serverId: string;
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
}

export type Change =
  | { readonly kind: 'response'; readonly seq: number; readonly rev: string; readonly state: string }
  | { readonly kind: 'forms'; readonly seq: number };

export interface ChangesPage {
  /** The log is not the one our cursor came from: offer everything again. */
  readonly reset: boolean;
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly more: boolean;
}

export function readHello(body: string): Hello | undefined {
  const fields = fieldsOf(parseJson(body));
  const protocol = fieldsOf(fields.get('protocol'));
  const min = countOf(protocol.get('min'));
  const max = countOf(protocol.get('max'));
  const serverId = textOf(fields.get('server_id'));
  if (min === undefined || max === undefined || serverId === undefined) return undefined;
  return {
    protocol: { min, max },
    serverId,
    forms: textOf(fields.get('forms')) ?? '',
    safeSeq: countOf(fields.get('safe_seq')) ?? 0,
  };
}

/** A token that the server has renewed for us, in the answer to a push. */
export function readToken(body: string): string | undefined {
  return textOf(fieldsOf(parseJson(body)).get('token'));
}

export function readReceipts(body: string): readonly Receipt[] | undefined {
  const receipts = fieldsOf(parseJson(body)).get('receipts');
  return Array.isArray(receipts) ? listOf(receipts, readReceipt) : undefined;
}

function readReceipt(value: unknown): Receipt | undefined {
  const fields = fieldsOf(value);
  const rev = textOf(fields.get('rev'));
  const status = oneOf(STATUSES, fields.get('status'));
  if (rev === undefined || status === undefined) return undefined;
  const code = textOf(fields.get('code'));
  const why = textOf(fields.get('why'));
  const after = countOf(fields.get('after_ms'));
  return {
    rev,
    status,
    ...(code === undefined ? {} : { code }),
    ...(why === undefined ? {} : { why }),
    ...(after === undefined ? {} : { after }),
  };
}

export function readChanges(body: string): ChangesPage | undefined {
  const fields = fieldsOf(parseJson(body));
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
  const seq = countOf(fields.get('seq')) ?? 0;
  const rev = textOf(fields.get('rev'));
  const state = textOf(fields.get('state'));
  if (fields.get('kind') === 'forms') return { kind: 'forms', seq };
  if (fields.get('kind') !== 'response' || rev === undefined || state === undefined) return undefined;
  return { kind: 'response', seq, rev, state };
}
