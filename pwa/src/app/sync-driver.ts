/** Does what the session machine says: calls the server, keeps receipts and pages, sets the timer. One tab at a time. */

import type { Environment, NetworkAnswer, NetworkRequest } from '../environment.ts';
import { keepPage, readCursor } from '../store/cursors.ts';
import { noteReceipts, readOutbox } from '../store/revisions.ts';
import { cutBatch } from '../sync/batch.ts';
import { isUnderWay, newSession, step } from '../sync/session.ts';
import type { Call, Effect, Event, Session, WakeReason } from '../sync/session-types.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { FormShelf } from './forms.ts';
import { utcText } from './moments.ts';
import type { ResponseList } from './responses.ts';
import type { SyncStatus } from './state.ts';
import type { Attempt, Storage } from './storage.ts';

const LOCK = 'fieldwell-sync';
const LOCK_PATIENCE_MS = 200;
/** Another tab is at it: look again after so many milliseconds. */
const ELSEWHERE_MS = 3_000;
const TIMEOUT_MS = { hello: 20_000, push: 60_000, changes: 30_000 } as const;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly responses: ResponseList;
  /** Told after each step. */
  readonly onStatus: (status: SyncStatus) => void;
  /** A whole exchange has gone well; `at`: ISO 8601 UTC. */
  readonly onSuccess: (at: string) => Promise<void>;
}

/** What has happened, before the moment is stamped on it. */
type Happening = Event extends infer One ? (One extends Event ? Omit<One, 'at' | 'fraction'> : never) : never;

export class SyncDriver {
  readonly #around: Surroundings;
  readonly #queue: Happening[] = [];
  #session: Session = newSession();
  #pass: Promise<void> | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Try now. Resolves when this attempt has ended, well or not. */
  async wake(reason: WakeReason): Promise<void> {
    this.#queue.push({ kind: 'wake', reason });
    this.#pass ??= this.#runPass();
    await this.#pass;
  }

  async #runPass(): Promise<void> {
    const lock = await this.#around.environment.locks.hold(LOCK, LOCK_PATIENCE_MS);
    try {
      if (lock === undefined) this.#standBack();
      else await this.#drain();
    } finally {
      this.#pass = undefined;
      lock?.release();
    }
  }

  async #drain(): Promise<void> {
    for (let happening = this.#queue.shift(); happening !== undefined; happening = this.#queue.shift()) {
      const { clock, random } = this.#around.environment;
      const next = step(this.#session, { ...happening, at: clock.now(), fraction: random.fraction() });
      this.#session = next.session;
      this.#around.onStatus(statusOf(next.session));
      if (needsEnrolment(next.session)) this.#around.enrolment.markRenewal('needed');
      for (const effect of next.effects) await this.#act(effect);
    }
  }

  #standBack(): void {
    this.#queue.length = 0;
    this.#wakeAfter(ELSEWHERE_MS);
  }

  #wakeAfter(milliseconds: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#around.environment.clock.after(milliseconds, () => {
      void this.#around.responses.load();
      void this.wake('timer');
    });
  }

  async #act(effect: Effect): Promise<void> {
    const { storage, enrolment, forms } = this.#around;
    switch (effect.kind) {
      case 'send':
        this.#queue.push({ kind: 'answered', answer: await this.#send(effect.call) });
        return;
      case 'gather':
        return this.#gather(effect);
      case 'note-receipts':
        return this.#keep(await storage.write((connection) => noteReceipts(connection, effect.receipts)));
      case 'keep-page':
        return this.#keep(await storage.write((connection) => keepPage(connection, effect)));
      case 'renew-token':
        return enrolment.renew(effect.token);
      case 'check-forms':
        void forms.refresh(effect.hash);
        return;
      case 'finished':
        return this.#finish();
      case 'wake-after':
        this.#wakeAfter(effect.milliseconds);
    }
  }

  async #send(call: Call): Promise<NetworkAnswer> {
    const token = this.#around.enrolment.credentials?.token;
    const request = await this.#requestFor(call);
    return this.#around.environment.network.send({ ...request, ...(token === undefined ? {} : { token }) });
  }

  async #requestFor(call: Call): Promise<NetworkRequest> {
    const timeout = TIMEOUT_MS[call.name];
    if (call.name === 'hello') return { method: 'GET', path: '/sync/v1/hello', timeout };
    if (call.name === 'push') return { method: 'POST', path: '/sync/v1/push', body: call.body, timeout };
    const cursor = await this.#around.storage.read((connection) => readCursor(connection, call.serverId));
    const since = (cursor.kind === 'done' && cursor.value) || '';
    return { method: 'GET', path: `/sync/v1/changes?since=${encodeURIComponent(since)}&limit=500`, timeout };
  }

  async #gather({ items, setAside }: Extract<Effect, { kind: 'gather' }>): Promise<void> {
    const device = this.#around.enrolment.credentials?.device ?? '';
    const read = await this.#around.storage.read((connection) => readOutbox(connection, { setAside, limit: items }));
    if (read.kind === 'failed') this.#queue.push({ kind: 'store-failed' });
    else this.#queue.push({ kind: 'gathered', batch: cutBatch(device, read.value, items) });
  }

  async #keep(kept: Attempt<void>): Promise<void> {
    this.#queue.push({ kind: kept.kind === 'done' ? 'kept' : 'store-failed' });
    await this.#around.responses.load();
  }

  async #finish(): Promise<void> {
    this.#around.enrolment.markRenewal('not-needed');
    await this.#around.onSuccess(utcText(this.#around.environment.clock.now()));
  }
}

function needsEnrolment({ phase }: Session): boolean {
  return phase.kind === 'stopped' && phase.why === 'enrol-again';
}

function statusOf(session: Session): SyncStatus {
  const { phase } = session;
  if (isUnderWay(session)) return { kind: 'sending' };
  if (phase.kind === 'waiting') return { kind: 'waiting', retryAt: phase.until, why: phase.why };
  return phase.kind === 'stopped' ? { kind: 'problem', why: phase.why } : { kind: 'idle' };
}
