/** What an answer means, whoever gave it: our server, a proxy before it, or the sign-in page of a café's Wi-Fi. */

import type { NetworkAnswer } from '../environment.ts';
import {
  type ChangesPage,
  type Hello,
  PROTOCOL,
  type Receipt,
  readChanges,
  readHello,
  readReceipts,
  readToken,
} from './messages.ts';
import { readProblemCode } from './problem-code.ts';

export type FailureKind = 'no-connection' | 'not-our-server' | 'server-busy' | 'server-error';

export type Answered =
  | { readonly kind: 'late' }
  | { readonly kind: 'failed'; readonly why: FailureKind; readonly retryAfter?: number; readonly timedOut?: boolean }
  | { readonly kind: 'stop'; readonly why: 'enrol-again' | 'app-too-old' }
  | { readonly kind: 'hello'; readonly hello: Hello }
  /** The whole push was turned down: send it again in batches of so many. */
  | { readonly kind: 'too-large'; readonly batchItems: number }
  | {
      readonly kind: 'receipts';
      /** To be stored: each echoes a rev that we sent. */
      readonly receipts: readonly Receipt[];
      /** Revs that the server wants later, or said nothing about. */
      readonly setAside: readonly string[];
      readonly retryAfter: number;
      /** Ours, renewed. */
      readonly token?: string;
    }
  | { readonly kind: 'page'; readonly page: ChangesPage };

const NOT_OURS: Answered = { kind: 'failed', why: 'not-our-server' };

export function hearHello(answer: NetworkAnswer): Answered {
  const failure = failureOf(answer);
  if (failure !== undefined) return failure;
  const hello = readHello(bodyOf(answer));
  if (hello === undefined) return NOT_OURS;
  if (hello.protocol.min > PROTOCOL) return { kind: 'stop', why: 'app-too-old' };
  return { kind: 'hello', hello };
}

export function hearChanges(answer: NetworkAnswer): Answered {
  const failure = failureOf(answer);
  if (failure !== undefined) return failure;
  const page = readChanges(bodyOf(answer));
  return page === undefined ? NOT_OURS : { kind: 'page', page };
}

export function hearPush(answer: NetworkAnswer, revs: readonly string[]): Answered {
  if (answer.kind === 'answer' && (answer.status === 400 || answer.status === 413)) return narrow(answer, revs);
  const failure = failureOf(answer);
  if (failure !== undefined) return failure;
  const receipts = readReceipts(bodyOf(answer))?.filter(({ rev }) => revs.includes(rev)) ?? [];
  if (receipts.length === 0) return NOT_OURS;
  const token = readToken(bodyOf(answer));
  return { ...sortReceipts(receipts, revs), ...(token === undefined ? {} : { token }) };
}

function sortReceipts(receipts: readonly Receipt[], revs: readonly string[]): Extract<Answered, { kind: 'receipts' }> {
  const final = receipts.filter(({ status }) => status !== 'retry');
  const answered = new Set(final.map(({ rev }) => rev));
  return {
    kind: 'receipts',
    receipts: final,
    setAside: revs.filter((rev) => !answered.has(rev)),
    retryAfter: Math.max(0, ...receipts.map(({ after }) => after ?? 0)),
  };
}

/**
 * The whole push was turned down: halve it until the one item is alone, and never let that one delay the others. Only our own
 * server's word that it is too large is an answer about the item; whatever else is said, it stays in the outbox for a later pass.
 */
function narrow(answer: Extract<NetworkAnswer, { kind: 'answer' }>, revs: readonly string[]): Answered {
  if (revs.length > 1) return { kind: 'too-large', batchItems: Math.floor(revs.length / 2) };
  if (answer.status !== 413 || readProblemCode(answer.body) !== 'body-too-large')
    return { kind: 'receipts', receipts: [], setAside: revs, retryAfter: 0 };
  const receipts = revs.map((rev) => ({ rev, status: 'refused', code: 'oversize' }) as const);
  return { kind: 'receipts', receipts, setAside: [], retryAfter: 0 };
}

/** Undefined when it is a 200, which may still not be ours. */
function failureOf(answer: NetworkAnswer): Answered | undefined {
  if (answer.kind === 'lost') return { kind: 'failed', why: 'no-connection', timedOut: answer.why === 'timeout' };
  const { status, retryAfter } = answer;
  const wish = retryAfter === undefined ? {} : { retryAfter };
  if (status === 200) return undefined;
  if (status === 401 || status === 403)
    return readProblemCode(answer.body) === '' ? NOT_OURS : { kind: 'stop', why: 'enrol-again' };
  if (status === 429 || status === 503 || status === 507) return { kind: 'failed', why: 'server-busy', ...wish };
  if (status < 400 || status === 511) return NOT_OURS;
  return { kind: 'failed', why: 'server-error', ...wish };
}

function bodyOf(answer: NetworkAnswer): string {
  return answer.kind === 'answer' ? answer.body : '';
}
