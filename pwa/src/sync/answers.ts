/** What an answer means, whoever gave it: our server, a proxy before it, or the sign-in page of a café's Wi-Fi. */

import type { NetworkAnswer } from '../environment.ts';
import {
  type ChangesPage,
  type HaveAnswer,
  type Hello,
  PROTOCOL,
  type Receipt,
  readHave,
  readHello,
  readPage,
  readReceipts,
} from './messages.ts';
import type { Upload } from './session-types.ts';
import { type Fields, fieldsOf, parseJson, textOf } from './shape.ts';

export type FailureKind = 'no-connection' | 'not-our-server' | 'server-busy' | 'server-error' | 'server-too-old';

interface Failed {
  readonly kind: 'failed';
  readonly why: FailureKind;
  readonly retryAfter?: number;
  /** Nothing came back. */
  readonly lost?: 'unreachable' | 'timeout';
}

interface Stop {
  readonly kind: 'stop';
  readonly why: 'enrol-again' | 'app-too-old';
}

/** What our server said in JSON, and who it is. `token`: ours, renewed. */
interface Ours {
  readonly hello: Hello;
  readonly token: string | undefined;
}

/** What became of a push. */
export interface Receipts {
  readonly kind: 'receipts';
  /** To be stored: each echoes a rev that we sent. */
  readonly receipts: readonly Receipt[];
  /** Revs that the server wants later, or said nothing about. */
  readonly setAside: readonly string[];
  readonly retryAfter: number;
  readonly page?: ChangesPage | undefined;
  /** Absent when the push was turned down as a whole. */
  readonly ours?: Ours;
}

export type Answered =
  | { readonly kind: 'late' }
  | Failed
  | Stop
  /** The whole push was turned down: send it again in batches of so many. */
  | { readonly kind: 'too-large'; readonly batchItems: number }
  | Receipts
  | { readonly kind: 'page'; readonly page: ChangesPage; readonly ours: Ours }
  | { readonly kind: 'have'; readonly have: HaveAnswer; readonly unanswered: readonly string[]; readonly ours: Ours }
  /** So much of the attachment is there. */
  | { readonly kind: 'place'; readonly offset: number }
  /** The piece began in the wrong place; this is the right one. */
  | { readonly kind: 'corrected'; readonly offset: number }
  /** The server does not want this attachment, or not now. */
  | { readonly kind: 'unwanted' };

type Opened = { readonly kind: 'ours'; readonly ours: Ours; readonly fields: Fields } | Failed | Stop;

const NOT_OURS: Failed = { kind: 'failed', why: 'not-our-server' };
const UNWANTED: Answered = { kind: 'unwanted' };

export function hearChanges(answer: NetworkAnswer): Answered {
  const opened = open(answer);
  if (opened.kind !== 'ours') return opened;
  const page = readPage(opened.fields);
  return page === undefined ? NOT_OURS : { kind: 'page', page, ours: opened.ours };
}

export function hearPush(answer: NetworkAnswer, revs: readonly string[]): Answered {
  const opened = open(answer);
  if (opened.kind === 'stop') return opened;
  if (opened.kind === 'failed') return opened.why === 'server-error' ? narrow(answer, opened, revs) : opened;
  const receipts = readReceipts(opened.fields).filter(
    ({ rev }, place, all) => revs.includes(rev) && all.findIndex((other) => other.rev === rev) === place,
  );
  if (receipts.length === 0) return NOT_OURS;
  const final = receipts.filter(({ status }) => status !== 'retry');
  return {
    kind: 'receipts',
    receipts: final,
    setAside: revs.filter((rev) => !final.some((receipt) => receipt.rev === rev)),
    retryAfter: Math.max(0, ...receipts.map(({ after }) => after ?? 0)),
    page: readPage(fieldsOf(opened.fields.get('page'))),
    ours: opened.ours,
  };
}

/**
 * The whole push was turned down: halve it until the one item is alone, and never let that one delay the others. Only our own
 * server's word that it is too large is an answer about the item; whatever else is said, it stays in the outbox for a later pass.
 */
function narrow(answer: NetworkAnswer, failed: Failed, revs: readonly string[]): Answered {
  if (answer.kind !== 'answer' || (answer.status !== 400 && answer.status !== 413)) return failed;
  if (revs.length > 1) return { kind: 'too-large', batchItems: Math.floor(revs.length / 2) };
  if (answer.status !== 413 || codeOf(fieldsOf(parseJson(answer.body))) !== 'body-too-large')
    return { kind: 'receipts', receipts: [], setAside: revs, retryAfter: 0 };
  const receipts = revs.map((rev) => ({ rev, status: 'refused', code: 'oversize', missing: [] }) as const);
  return { kind: 'receipts', receipts, setAside: [], retryAfter: 0 };
}

/** Only what was asked about counts; held wins over missing. */
export function hearHave(answer: NetworkAnswer, names: readonly string[]): Answered {
  const opened = open(answer);
  if (opened.kind !== 'ours') return opened;
  const said = readHave(opened.fields);
  if (said === undefined) return NOT_OURS;
  const held = said.held.filter(({ rev }) => names.includes(rev));
  const heldAttachments = said.heldAttachments.filter(({ sha256 }) => names.includes(sha256));
  const here = new Set([...held.map(({ rev }) => rev), ...heldAttachments.map(({ sha256 }) => sha256)]);
  const lacks = (name: string): boolean => names.includes(name) && !here.has(name);
  const missing = said.missing.filter(lacks);
  const missingAttachments = said.missingAttachments.filter(lacks);
  const answered = new Set([...here, ...missing, ...missingAttachments]);
  return {
    kind: 'have',
    have: { held, heldAttachments, missing, missingAttachments },
    unanswered: names.filter((name) => !answered.has(name)),
    ours: opened.ours,
  };
}

/** The answer to HEAD has no body: only its numbers tell that it is ours. */
export function hearMeasure(answer: NetworkAnswer, upload: Upload): Answered {
  if (answer.kind === 'lost' || !isAboutAttachment(answer.status)) return failureOf(answer, new Map()) ?? NOT_OURS;
  if (answer.status !== 200) return UNWANTED;
  if (answer.offset === undefined) return NOT_OURS;
  return fits(answer.offset, answer.length, upload) ? { kind: 'place', offset: answer.offset } : UNWANTED;
}

/** `end`: where the piece ends. What is erased there is answered as though all of it had come. */
export function hearUpload(answer: NetworkAnswer, upload: Upload, end: number): Answered {
  if (answer.kind === 'lost') return failureOf(answer, new Map()) ?? NOT_OURS;
  const { status, offset, length } = answer;
  if (!isAboutAttachment(status)) return failureOf(answer, fieldsOf(parseJson(answer.body))) ?? NOT_OURS;
  if (status !== 200 && status !== 204 && status !== 409) return UNWANTED;
  if (offset === undefined) return status === 409 ? UNWANTED : NOT_OURS;
  if (!fits(offset, length, upload)) return UNWANTED;
  const arrived = status !== 409 && (offset === end || offset === upload.bytes);
  return { kind: arrived ? 'place' : 'corrected', offset };
}

function isAboutAttachment(status: number): boolean {
  return [200, 204, 404, 409, 413, 422].includes(status);
}

/** Another length than ours: the server means another file than we do. */
function fits(offset: number, length: number | undefined, { bytes }: Upload): boolean {
  return offset <= bytes && (length === undefined || length === bytes);
}

function open(answer: NetworkAnswer): Opened {
  const fields = fieldsOf(answer.kind === 'answer' ? parseJson(answer.body) : undefined);
  const hello = readHello(fields);
  if (hello !== undefined && hello.protocol.min > PROTOCOL) return { kind: 'stop', why: 'app-too-old' };
  if (hello !== undefined && hello.protocol.max < PROTOCOL) return { kind: 'failed', why: 'server-too-old' };
  const failure = failureOf(answer, fields);
  if (failure !== undefined) return failure;
  if (hello === undefined) return NOT_OURS;
  return { kind: 'ours', fields, ours: { hello, token: textOf(fields.get('token')) } };
}

/** Undefined when it is a 200, which may still not be ours. */
function failureOf(answer: NetworkAnswer, fields: Fields): Failed | Stop | undefined {
  if (answer.kind === 'lost') return { kind: 'failed', why: 'no-connection', lost: answer.why };
  const { status, retryAfter } = answer;
  const wish = retryAfter === undefined ? {} : { retryAfter };
  if (status === 200) return undefined;
  if (status === 401 || status === 403) return codeOf(fields) === '' ? NOT_OURS : { kind: 'stop', why: 'enrol-again' };
  if (status === 429 || status === 503 || status === 507) return { kind: 'failed', why: 'server-busy', ...wish };
  if (status < 400 || status === 511) return NOT_OURS;
  return { kind: 'failed', why: 'server-error', ...wish };
}

/** Why our own server turned something down (RFC 9457); '' when it is not it who speaks. */
function codeOf(fields: Fields): string {
  return textOf(fields.get('code')) ?? '';
}
