/** Does what the session machine says: calls the server, keeps what it answers, sets the timer. One tab at a time. */

import type { Environment, Locks, NetworkRequest } from '../environment.ts';
import { keepExchange, keepFindings, markUploaded } from '../store/exchange.ts';
import { gatherOutbox, readSince } from '../store/outbox.ts';
import { cutBatch } from '../sync/batch.ts';
import { saysRevoked } from '../sync/revoked.ts';
import { isUnderWay, newSession, step } from '../sync/session.ts';
import type { Call, Effect, Event, Session, WakeReason } from '../sync/session-types.ts';
import type { InterviewDesk } from './desk.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { FormShelf } from './forms.ts';
import { tabLocks } from './lease.ts';
import type { Materials } from './materials.ts';
import { utcText } from './moments.ts';
import type { ResponseList } from './responses.ts';
import { SigningOff } from './signing-off.ts';
import type { FileProgress, SignOff, SyncStatus } from './state.ts';
import { SteadyClock } from './steady-clock.ts';
import type { Attempt, Storage } from './storage.ts';
import { UploadShelf } from './upload-shelf.ts';
import { sendWordReports } from './word-reports.ts';

const LOCK = 'fieldwell-sync';
const LOCK_PATIENCE_MS = 200;
/** Another tab is at it: look again after so many milliseconds. */
const ELSEWHERE_MS = 3_000;
/** A phone that was signed off still holds something: it tries again after so many milliseconds. */
const LEFT_MS = 60_000;
const TIMEOUT_MS = { push: 60_000, changes: 30_000, have: 60_000, measure: 30_000, upload: 60_000 } as const;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly responses: ResponseList;
  readonly materials: Materials;
  readonly desk: InterviewDesk;
  /** Of the app: the server shows it to the team. */
  readonly version: string;
  /** Told after each step. */
  readonly onStatus: (status: SyncStatus) => void;
  /** A file is going, or none is any more. */
  readonly onFile: (progress: FileProgress | undefined) => void;
  readonly onSignOff: (state: SignOff) => void;
  /** A whole exchange has gone well; `at`: ISO 8601 UTC. */
  readonly onSuccess: (at: string) => Promise<void>;
}

/** What has happened, before the moment is stamped on it. */
type Happening = Event extends infer One ? (One extends Event ? Omit<One, 'at' | 'fraction'> : never) : never;

export class SyncDriver {
  readonly #around: Surroundings;
  readonly #queue: Happening[] = [];
  readonly #locks: Locks;
  readonly #clock: SteadyClock;
  readonly #uploads: UploadShelf;
  readonly #signingOff: SigningOff;
  /** Each failure of our own is told of once, however often it comes. */
  readonly #logged: Set<string> = new Set();
  #session: Session = newSession();
  /** That the last answer turned down because a person signed this phone off. */
  #revokedToken: string | undefined;
  #pass: Promise<void> | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#locks = tabLocks(around.environment, around.storage);
    this.#clock = new SteadyClock(around.environment.clock);
    this.#uploads = new UploadShelf(around);
    this.#signingOff = new SigningOff(around);
  }

  /** Try now. Resolves when this attempt has ended, well or not. */
  async wake(reason: WakeReason): Promise<void> {
    this.#queue.push({ kind: 'wake', reason });
    this.#pass ??= this.#runPass();
    await this.#pass;
  }

  async #runPass(): Promise<void> {
    let lock: { readonly release: () => void } | undefined;
    try {
      lock = await this.#locks.hold(LOCK, LOCK_PATIENCE_MS);
      if (lock === undefined) this.#standBack();
      else if ((await this.#signingOff.look()) === 'emptied') this.#rest();
      else {
        await this.#drain();
        if (this.#revokedToken !== undefined) await this.#part(this.#revokedToken);
      }
    } catch (error) {
      this.#startAnew(error);
    } finally {
      this.#pass = undefined;
      lock?.release();
    }
  }

  /** What nobody foresaw must not end sync until the page is loaded again: nothing of this pass is kept in memory, and it waits. */
  #startAnew(error: unknown): void {
    if (!this.#logged.has(String(error))) console.error('A sync pass has failed:', error);
    this.#logged.add(String(error));
    this.#queue.length = 0;
    const fraction = this.#around.environment.random.fraction();
    const broken: Session = { ...newSession(), failures: this.#session.failures, phase: { kind: 'keeping' } };
    const { session, effects } = step(broken, { kind: 'store-failed', at: this.#clock.now(), fraction });
    this.#session = session;
    this.#around.onStatus(statusOf(session));
    this.#around.onFile(undefined);
    for (const effect of effects) if (effect.kind === 'wake-after') this.#wakeAfter(effect.milliseconds);
  }

  async #drain(): Promise<void> {
    for (let happening = this.#queue.shift(); happening !== undefined; happening = this.#queue.shift()) {
      const fraction = this.#around.environment.random.fraction();
      const next = step(this.#session, { ...happening, at: this.#clock.now(), fraction });
      this.#session = this.#signingOff.isUnderWay ? parting(next.session) : next.session;
      this.#around.onStatus(statusOf(next.session));
      if (!isUnderWay(next.session)) this.#around.onFile(undefined);
      if (needsEnrolment(next.session) && this.#revokedToken === undefined)
        this.#around.enrolment.markRenewal('needed');
      for (const effect of next.effects) await this.#act(effect);
    }
  }

  /** First all that this phone holds goes; when the server has said it again after that, the phone is emptied. */
  async #part(token: string): Promise<void> {
    const isNews = !this.#signingOff.isUnderWay;
    if (isNews && !(await this.#signingOff.begin(token))) return this.#wakeAfter(ELSEWHERE_MS);
    if (isNews) {
      this.#queue.push({ kind: 'wake', reason: 'button' });
      await this.#drain();
    }
    if (this.#revokedToken === undefined) return;
    if (await this.#signingOff.end(this.#revokedToken)) this.#rest();
    else this.#wakeAfter(Math.max(LEFT_MS, this.#session.retryAfter));
  }

  /** Nothing is here any more that could be sent. */
  #rest(): void {
    this.#queue.length = 0;
    this.#cancelTimer();
    this.#session = newSession();
    this.#around.onStatus(statusOf(this.#session));
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
        return this.#send(effect.call);
      case 'gather':
        return this.#gather(effect);
      case 'keep':
        return this.#keep(await storage.write((connection) => keepExchange(connection, effect)));
      case 'keep-have':
        return this.#keep(await storage.write((connection) => keepFindings(connection, effect)));
      case 'mark-uploaded':
        return this.#keep(await storage.write((connection) => markUploaded(connection, effect.sha256)));
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

  async #send(call: Call): Promise<void> {
    const token = this.#around.enrolment.credentials?.token;
    const request = await this.#requestFor(call);
    if (request === undefined) {
      this.#queue.push({ kind: 'store-failed' });
      return;
    }
    const answer = await this.#around.environment.network.send({
      ...request,
      phone: `app=${this.#around.version}; unsent=${this.#leftAfterThis()}`,
      ...(token === undefined ? {} : { token }),
    });
    this.#revokedToken = saysRevoked(answer) ? token : undefined;
    this.#queue.push({ kind: 'answered', answer });
  }

  /** What this phone still holds once this call is answered: the server notes it together with what the call brings. */
  #leftAfterThis(): number {
    const { phase } = this.#session;
    const carried = phase.kind === 'pushing' ? phase.revs.length : 0;
    return Math.max(0, this.#around.responses.waiting.peek() - carried);
  }

  /** Undefined when what is to be sent cannot be read. */
  async #requestFor(call: Call): Promise<NetworkRequest | undefined> {
    const timeout = TIMEOUT_MS[call.name];
    switch (call.name) {
      case 'push':
      case 'have':
        return { method: 'POST', path: `/sync/v1/${call.name}`, body: call.body, gzip: true, timeout };
      case 'changes': {
        const since = await this.#around.storage.read(readSince);
        if (since.kind === 'failed') return undefined;
        return { method: 'GET', path: `/sync/v1/changes?since=${encodeURIComponent(since.value)}&limit=500`, timeout };
      }
      case 'measure':
        return { method: 'HEAD', path: `/sync/v1/attachments/${call.sha256}`, timeout };
      case 'upload':
        return this.#pieceRequest(call, timeout);
    }
  }

  #pieceRequest(call: Extract<Call, { name: 'upload' }>, timeout: number): NetworkRequest | undefined {
    const content = this.#uploads.piece(call);
    if (content === undefined) return undefined;
    this.#around.onFile({ arrived: call.offset, whole: this.#uploads.length });
    return {
      method: 'PATCH',
      path: `/sync/v1/attachments/${call.sha256}`,
      piece: { content, offset: call.offset },
      timeout,
    };
  }

  async #gather(wanted: Extract<Effect, { kind: 'gather' }>): Promise<void> {
    const { storage, enrolment } = this.#around;
    const device = enrolment.credentials?.device ?? '';
    const read = await storage.read(async (connection) => ({
      since: await readSince(connection),
      outbox: await gatherOutbox(connection, wanted),
    }));
    if (read.kind === 'failed') {
      this.#queue.push({ kind: 'store-failed' });
      return;
    }
    const { since, outbox } = read.value;
    const batch = cutBatch({ device, since }, outbox.waiting, wanted.items);
    // Photos go after text: none is read from the disk before that.
    const upload = batch === undefined ? await this.#uploads.choose(outbox.files) : undefined;
    this.#queue.push({ kind: 'gathered', batch, unconfirmed: outbox.unconfirmed, upload });
  }

  async #keep(kept: Attempt<void>): Promise<void> {
    this.#queue.push({ kind: kept.kind === 'done' ? 'kept' : 'store-failed' });
    await this.#around.responses.load();
  }

  async #finish(): Promise<void> {
    await this.#signingOff.callOff();
    this.#around.enrolment.markRenewal('not-needed');
    this.#around.onFile(undefined);
    await this.#around.onSuccess(utcText(this.#around.environment.clock.now()));
    await sendWordReports(this.#around);
  }
}

/** The feed is for phones in good standing: texts and files go first, and what is asked last is whether it still holds. */
function parting(session: Session): Session {
  return session.heard === 'no' ? { ...session, heard: 'earlier' } : session;
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
