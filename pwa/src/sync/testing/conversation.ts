/** Drives a session by hand: says what the server says, and keeps an outbox and cursors as a phone's store would. */

import type { NetworkAnswer } from '../../environment.ts';
import { cutBatch } from '../batch.ts';
import { newSession, step } from '../session.ts';
import type { Effect, Event, Session, WakeReason } from '../session-types.ts';

interface Beginning {
  readonly waiting: readonly string[];
  /** Revs that come back to the outbox when the server says reset. */
  readonly offeredAgain?: readonly string[];
  readonly fraction?: number;
  readonly storeFails?: boolean;
}

type Moment = Pick<Event, 'at' | 'fraction'>;

export class Conversation {
  session: Session = newSession();
  at = 1_000_000;
  wakesAfter = 0;
  readonly waiting: string[];
  readonly noted: [string, string][] = [];
  readonly cursors: string[] = [];
  readonly #sent: string[] = [];
  readonly #beginning: Beginning;

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    this.waiting = [...beginning.waiting];
  }

  calls(): readonly string[] {
    return this.#sent;
  }

  phase(): string {
    const { phase } = this.session;
    return 'why' in phase ? `${phase.kind} ${phase.why}` : phase.kind;
  }

  wake(reason: WakeReason): void {
    this.#happen({ kind: 'wake', reason, ...this.#moment() });
  }

  hear(heard: NetworkAnswer): void {
    this.#happen({ kind: 'answered', answer: heard, ...this.#moment() });
  }

  #moment(): Moment {
    return { at: this.at, fraction: this.#beginning.fraction ?? 0.5 };
  }

  #happen(event: Event): void {
    const next = step(this.session, event);
    this.session = next.session;
    for (const effect of next.effects) this.#act(effect);
  }

  #act(effect: Effect): void {
    if (effect.kind === 'send') this.#send(effect);
    if (effect.kind === 'gather') this.#gather(effect.items, effect.setAside);
    if (effect.kind === 'wake-after') this.wakesAfter = effect.milliseconds;
    if (effect.kind === 'note-receipts') this.#keep(() => this.#note(effect));
    if (effect.kind === 'keep-page') this.#keep(() => this.#turnPage(effect));
  }

  #send({ call }: Extract<Effect, { kind: 'send' }>): void {
    const revs = call.name === 'push' ? [...call.body.matchAll(/"rev":"(\w+)"/g)].map((match) => ` ${match[1]}`) : [];
    this.#sent.push(call.name + revs.join(''));
  }

  #gather(items: number, setAside: readonly string[]): void {
    const offered = this.waiting.filter((rev) => !setAside.includes(rev));
    const revisions = offered.map((rev) => ({ rev, header: '{}', parts: [] }));
    this.#happen({ kind: 'gathered', batch: cutBatch('device', revisions, items), ...this.#moment() });
  }

  #keep(work: () => void): void {
    if (this.#beginning.storeFails !== true) work();
    const kind = this.#beginning.storeFails === true ? 'store-failed' : 'kept';
    this.#happen({ kind, ...this.#moment() });
  }

  #note({ receipts: kept }: Extract<Effect, { kind: 'note-receipts' }>): void {
    for (const { rev, status } of kept) {
      this.noted.push([rev, status]);
      this.waiting.splice(this.waiting.indexOf(rev), 1);
    }
  }

  #turnPage({ page: kept }: Extract<Effect, { kind: 'keep-page' }>): void {
    this.cursors.push(kept.cursor);
    if (kept.reset && this.cursors.length === 1) this.waiting.push(...(this.#beginning.offeredAgain ?? []));
  }
}

export function answer(status: number, body: string, retryAfter?: number): NetworkAnswer {
  return { kind: 'answer', status, body, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

export const unreachable: NetworkAnswer = { kind: 'lost', why: 'unreachable' };
export const timeout: NetworkAnswer = { kind: 'lost', why: 'timeout' };

export const HELLO = answer(
  200,
  JSON.stringify({ protocol: { min: 1, max: 1 }, server_id: 'server', epoch: 'e', forms: 'f', safe_seq: 0 }),
);

export function receipts(statuses: Readonly<Record<string, string>>, after?: number): NetworkAnswer {
  const list = Object.entries(statuses).map(([rev, status], index) => ({ index, rev, status, after_ms: after }));
  return answer(200, JSON.stringify({ receipts: list, server_id: 'server' }));
}

export function page(given: {
  readonly cursor: string;
  readonly more?: boolean;
  readonly reset?: boolean;
}): NetworkAnswer {
  return answer(200, JSON.stringify({ changes: [], more: false, reset: false, ...given }));
}
