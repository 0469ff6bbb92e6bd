/**
 * Who works with this phone, their PINs, and the lock. Fetched apart (lock-door.ts).
 *
 * - Locking takes the screen first, saves the open interview, and drops the keys then: what cannot be saved keeps them until it can.
 * - A wrong PIN is counted on the disk before it is tried; nothing is ever wiped.
 * - The row with the wrapped key is on the disk before anything is sealed under it, and leaves it after everything was released.
 */

import { effect, type Signal, signal } from '@preact/signals';
import type { Guard } from '../environment.ts';
import { Ciphers } from '../store/ciphers.ts';
import type { Connection } from '../store/connection.ts';
import type { StoredDraft, StoredRevision } from '../store/schema.ts';
import type { StoredWorker } from '../store/schema-keys.ts';
import { RecordSeal } from '../store/sealing.ts';
import { saveSetting } from '../store/settings.ts';
import { type Leftover, makePhoneKey, readPeople, removeWorker, saveWorkers, unlockWorker } from '../store/workers.ts';
import type { Person, Surroundings } from './lock-around.ts';
import { lockedFor, newWorkerId, withFirst } from './lock-people.ts';
import { type NewPin, NOT_WRITTEN, Pins, type UnlockOutcome } from './lock-pins.ts';
import { handOver, release, settle } from './lock-settling.ts';
import { AutoLock } from './lock-watch.ts';
import { plainPin } from './lock-words.ts';
import { utcText } from './moments.ts';

/** An interview that could not be saved is tried again so often while the phone is locked. */
const AGAIN_MS = 3_000;
export const LONGEST_NAME = 80;

export class People {
  readonly #list: Signal<readonly StoredWorker[]> = signal([]);
  /** Locks when nobody touches the phone. */
  readonly autoLock: AutoLock;
  readonly #around: Surroundings;
  readonly #guard: Guard;
  readonly #ciphers: Ciphers;
  readonly #pins: Pins;
  #seal: RecordSeal | undefined;
  /** Counts openings: what a lock still has to do ends when the phone was opened again. */
  #openings = 0;

  constructor(around: Surroundings, guard: Guard) {
    this.#around = around;
    this.#guard = guard;
    this.#ciphers = new Ciphers(guard.subtle, around.environment.random.bytes);
    this.#pins = new Pins({ ...around, guard, ciphers: this.#ciphers });
    guard.onNews((news) => void (news === 'locked' ? this.#lockHere() : this.load()));
    effect(() => void (around.signOff.value === 'done' && this.load()));
    this.autoLock = new AutoLock({ ...around, guard, hasPin: () => this.#hasPin(), lock: () => void this.lock() });
  }

  /** Those of this phone; empty: one, without a PIN. */
  get list(): readonly Person[] {
    return this.#list.value.map(({ id, name, lock }) => ({ id, name, hasPin: lock !== undefined }));
  }

  /** Where there is no WebCrypto (plain http), or tabs cannot keep each other out for sure, there is no PIN. */
  get mayHavePin(): boolean {
    return this.#guard.subtle !== undefined && this.#around.environment.locks.available;
  }

  /** Interviews of a worker that are not finished; known also while the phone is locked. */
  drafts(id: string): readonly string[] {
    const drafts = [...this.#around.responses.drafts.value.values()];
    return drafts.filter((draft) => this.#seal?.ownerOf(draft) === id).map((draft) => draft.id);
  }

  async load(): Promise<void> {
    const { storage, responses, environment } = this.#around;
    const read = await storage.read(readPeople);
    await this.autoLock.load();
    // Nobody sees anything until it can be read who may.
    if (read.kind === 'failed') return void environment.clock.after(AGAIN_MS, () => void this.load());
    const { workers, active, phone } = read.value;
    this.#list.value = workers;
    if (workers.length > 0) this.#sealing().know(workers, phone);
    await this.#show(workers.find(({ id }) => id === active));
    await responses.load();
  }

  async add(typed: string): Promise<'added' | 'same-name' | 'no-name' | 'storage-failed'> {
    const name = typed.trim().replace(/\s+/g, ' ').slice(0, LONGEST_NAME);
    if (name === '') return 'no-name';
    const workers = withFirst(this.#list.value, this.#around);
    if (workers.some((worker) => worker.name.toLocaleLowerCase() === name.toLocaleLowerCase())) return 'same-name';
    const added = { id: newWorkerId(this.#around), name };
    const active = this.#around.state.value.worker?.id ?? workers[0]?.id ?? '';
    const save = (connection: Connection) => saveWorkers(connection, [...workers, added], active);
    const saved = await this.#around.storage.writeVital(save);
    await this.#changed();
    return saved.kind === 'done' ? 'added' : 'storage-failed';
  }

  async lock(): Promise<void> {
    this.#guard.tell('locked');
    await this.#lockHere();
  }

  /** Somebody without a PIN goes on. */
  async enter(id: string): Promise<UnlockOutcome> {
    const worker = this.#list.value.find((one) => one.id === id);
    if (worker === undefined || worker.lock !== undefined) return { kind: 'wrong', wait: 0 };
    return this.#open(worker);
  }

  async unlock(id: string, pin: string): Promise<UnlockOutcome> {
    const tried = await this.#pins.tryPin(id, pin);
    if (tried.kind !== 'right') return tried;
    return this.#open(tried.worker, await this.#ciphers.key(tried.key));
  }

  /** A PIN for who is signed in and has none. */
  async setPin(pin: string): Promise<NewPin> {
    const { code, lock } = await this.#pins.lockOf(await this.#ciphers.newKey(), pin);
    return {
      code,
      confirm: async () => {
        const { storage, desk, state } = this.#around;
        if (!(await desk.close())) return 'storage-failed';
        const phone = await storage.write((connection) => makePhoneKey(connection, this.#ciphers));
        if (phone.kind === 'failed') return 'storage-failed';
        if (phone.value === undefined) return 'not-kept';
        const before = withFirst(this.#list.value, this.#around);
        const own = state.value.worker?.id ?? before[0]?.id ?? '';
        const workers = before.map((worker) => (worker.id === own ? { ...worker, lock } : worker));
        const saved = await storage.writeVital((connection) => saveWorkers(connection, workers, own));
        if (saved.kind === 'failed') return 'storage-failed';
        this.#sealing().know(workers, phone.value);
        // As from the disk: the PIN opens what was written.
        const opened = await this.unlock(own, pin);
        this.#list.value = workers;
        this.#guard.tell('changed');
        return opened.kind === 'open' ? 'on' : 'storage-failed';
      },
    };
  }

  /** The answers stay as they lie: only the key is wrapped anew. The recovery code stays the same. */
  async changePin(id: string, pin: string, next: string): Promise<UnlockOutcome> {
    const tried = await this.#pins.tryPin(id, pin);
    if (tried.kind !== 'right' || tried.worker.lock === undefined) return tried.kind === 'right' ? NOT_WRITTEN : tried;
    const { iterations } = tried.worker.lock.pin;
    const lock = { ...tried.worker.lock, pin: await this.#ciphers.wrap(plainPin(next), iterations, tried.key) };
    return (await this.#replace(tried.worker, { ...tried.worker, lock })) ? { kind: 'open' } : NOT_WRITTEN;
  }

  /** With the recovery code: a new PIN and a new code for what the forgotten one keeps shut. */
  async recover(id: string, code: string, next: string): Promise<Exclude<UnlockOutcome, { kind: 'open' }> | NewPin> {
    const tried = await this.#pins.tryCode(id, code);
    if (tried.kind !== 'right') return tried;
    const made = await this.#pins.lockOf(tried.key, next);
    return {
      code: made.code,
      confirm: async () => {
        if (!(await this.#replace(tried.worker, { ...tried.worker, lock: made.lock }))) return 'storage-failed';
        return (await this.unlock(id, next)).kind === 'open' ? 'on' : 'storage-failed';
      },
    };
  }

  /** `elsewhere`: an interview is open in another tab. What was sealed stays so, under the phone's key alone. */
  async removePin(pin: string): Promise<UnlockOutcome | { readonly kind: 'elsewhere' }> {
    const id = this.#around.state.value.worker?.id ?? '';
    const tried = await this.#pins.tryPin(id, pin);
    if (tried.kind !== 'right') return tried;
    const { desk, storage } = this.#around;
    if (!(await desk.close())) return NOT_WRITTEN;
    if (!(await release({ ...this.#around, seal: this.#sealing(), worker: id }))) return { kind: 'elsewhere' };
    const unlocked = await storage.write((connection) => unlockWorker(connection, id, this.#isOf(id)));
    if (unlocked.kind === 'failed') return NOT_WRITTEN;
    this.#sealing().signIn({ id });
    await this.#changed();
    return unlocked.value ? { kind: 'open' } : { kind: 'elsewhere' };
  }

  /** False: it is open in another tab. */
  async handOver(responseId: string, to: string): Promise<boolean> {
    const { responses, desk } = this.#around;
    if (!(await desk.close())) return false;
    const done = await handOver({ ...this.#around, seal: this.#sealing() }, responseId, to);
    await responses.load();
    return done;
  }

  /** Whoever is signed in leaves this phone. What they have finished goes on being sent. */
  async signOut(): Promise<'signed-out' | 'alone' | 'storage-failed' | Leftover> {
    const { storage, desk, state, environment, responses } = this.#around;
    const id = state.value.worker?.id ?? '';
    const next = this.#list.value.find((worker) => worker.id !== id)?.id;
    if (next === undefined) return 'alone';
    if (!(await desk.close())) return 'storage-failed';
    await this.#noInterview?.finishHeld();
    const isTheirs = this.#isOf(id);
    const leaving = { id, isTheirs, next, at: utcText(environment.clock.now()) };
    const removed = await storage.write((connection) => removeWorker(connection, leaving));
    if (removed.kind === 'failed') return 'storage-failed';
    if (removed.value !== 'removed') return removed.value;
    await this.#changed();
    // Whoever is next says so, also without a PIN.
    this.#sealing().signIn(undefined);
    state.value = { kind: 'locked' };
    await responses.load();
    return 'signed-out';
  }

  async #lockHere(): Promise<void> {
    const { state } = this.#around;
    if (this.#list.value.length === 0 || state.value.kind === 'locked') return;
    state.value = { ...state.value, kind: 'locked' };
    await this.#letGo(this.#openings);
  }

  async #letGo(opening: number): Promise<void> {
    const { desk, responses, environment } = this.#around;
    const isClosed = await desk.close();
    await this.#noInterview?.finishHeld();
    if (opening !== this.#openings) return;
    if (!isClosed) {
      environment.clock.after(AGAIN_MS, () => void this.#letGo(opening));
      return;
    }
    this.#sealing().signIn(undefined);
    await responses.load();
  }

  async #open(worker: StoredWorker, key?: CryptoKey): Promise<UnlockOutcome> {
    const { storage, desk, state, enrolment, responses, onOpen } = this.#around;
    // What the one before could not save keeps their key until it is on the disk.
    if (state.value.worker?.id !== worker.id && !(await desk.close())) return NOT_WRITTEN;
    await storage.write((connection) => saveSetting(connection, 'people', worker.id));
    this.#openings += 1;
    this.#sealing().signIn({ id: worker.id, ...(key === undefined ? {} : { key }) });
    enrolment.signIn({ name: worker.name, worker: worker.id });
    await responses.load();
    state.value = { kind: 'open', worker: { id: worker.id, name: worker.name } };
    void this.#settle(worker);
    void this.#noInterview?.finishLeftOver();
    onOpen();
    return { kind: 'open' };
  }

  get #noInterview() {
    return this.#around.day.day.peek()?.noInterview;
  }

  #isOf(id: string): (record: StoredDraft | StoredRevision) => boolean {
    return (record) => this.#seal?.ownerOf(record) === id;
  }

  #hasPin(): boolean {
    const id = this.#around.state.value.worker?.id;
    return this.#list.value.some((worker) => worker.id === id && worker.lock !== undefined);
  }

  async #settle(worker: StoredWorker): Promise<void> {
    if (worker.lock === undefined) return;
    await settle({ ...this.#around, seal: this.#sealing(), worker: worker.id });
    await this.#around.responses.load();
  }

  /** As the disk has it: `worker` was signed in last. */
  async #show(worker: StoredWorker | undefined): Promise<void> {
    const { state, enrolment, storage } = this.#around;
    const now = state.value;
    if (this.#list.value.length === 0) {
      this.#seal = storage.sealWith(() => undefined);
      enrolment.signIn(undefined);
      state.value = { kind: 'open' };
    } else if (worker !== undefined && worker.lock === undefined && now.worker === undefined) await this.#open(worker);
    else if (now.worker === undefined || now.worker.id !== worker?.id) {
      state.value = lockedFor(worker);
      await this.#letGo(this.#openings);
    }
    // Another tab has taken the PIN away: nothing more is sealed under its key.
    else if (worker.lock === undefined && now.kind === 'open') this.#sealing().signIn({ id: worker.id });
  }

  #sealing(): RecordSeal {
    this.#seal ??= this.#around.storage.sealWith((connection) => new RecordSeal(connection, this.#ciphers));
    return this.#seal;
  }

  async #replace(before: StoredWorker, after: StoredWorker): Promise<boolean> {
    const isReplaced = await this.#pins.put(before, after);
    if (isReplaced) await this.#changed();
    return isReplaced;
  }

  async #changed(): Promise<void> {
    await this.load();
    this.#guard.tell('changed');
  }
}

export async function openPeople(around: Surroundings): Promise<People> {
  const people = new People(around, await around.environment.guard());
  await people.load();
  return people;
}
