/** Trying a PIN or a code, and making new ones: what is written of it is on the disk before anybody learns what came of it. */

import type { Environment, Guard } from '../environment.ts';
import type { Ciphers } from '../store/ciphers.ts';
import type { StoredLock, StoredWorker } from '../store/schema-keys.ts';
import { readWorkers, replaceWorker } from '../store/workers.ts';
import { CODE_BYTES, makeCode, plainCode, plainPin, waitAfter, waitLeft } from './lock-words.ts';
import type { Storage } from './storage.ts';

/** `wait`: milliseconds until the next try. `storage-failed`: what the one before typed last is not on the disk yet. */
export type UnlockOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'wrong' | 'wait'; readonly wait: number }
  | { readonly kind: 'storage-failed' };

/** A PIN that takes effect when the person has written the code down. */
export interface NewPin {
  readonly code: string;
  /** `not-kept`: this browser does not keep keys. */
  confirm(): Promise<'on' | 'not-kept' | 'storage-failed'>;
}

export type Tried =
  | Exclude<UnlockOutcome, { kind: 'open' }>
  | { readonly kind: 'right'; readonly worker: StoredWorker; readonly key: ArrayBuffer };

export const NOT_WRITTEN = { kind: 'storage-failed' } as const;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly guard: Guard;
  readonly ciphers: Ciphers;
}

export class Pins {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  tryPin(id: string, pin: string): Promise<Tried> {
    return this.#try(id, (lock) => this.#around.ciphers.unwrap(plainPin(pin), lock.pin));
  }

  tryCode(id: string, code: string): Promise<Tried> {
    return this.#try(id, (lock) => this.#around.ciphers.unwrap(plainCode(code), lock.recovery));
  }

  /** A PIN and a new code for a worker's key. */
  async lockOf(key: ArrayBuffer, pin: string): Promise<{ readonly code: string; readonly lock: StoredLock }> {
    const { ciphers } = this.#around;
    const rounds = await this.#around.guard.rounds();
    const code = makeCode(this.#around.environment.random.bytes(CODE_BYTES));
    const lock = {
      pin: await ciphers.wrap(plainPin(pin), rounds, key),
      recovery: await ciphers.wrap(code, rounds, key),
      failures: 0,
      waitUntil: 0,
    };
    return { code, lock };
  }

  /** Unless another tab has changed it since. */
  async put(before: StoredWorker, after: StoredWorker): Promise<boolean> {
    const put = await this.#around.storage.writeVital((connection) => replaceWorker(connection, before, after));
    return put.kind === 'done' && put.value;
  }

  /** Counted before it is tried: ending the app in the middle does not give another try. */
  async #try(id: string, unwrap: (lock: StoredLock) => Promise<ArrayBuffer | undefined>): Promise<Tried> {
    const { storage, environment } = this.#around;
    const read = await storage.read(readWorkers);
    const worker = read.kind === 'done' ? read.value.find((one) => one.id === id) : undefined;
    if (worker?.lock === undefined) return NOT_WRITTEN;
    const now = environment.clock.now();
    const left = waitLeft(worker.lock.waitUntil, now);
    if (left > 0) return { kind: 'wait', wait: left };
    const failures = worker.lock.failures + 1;
    const wait = waitAfter(failures);
    const counted = { ...worker, lock: { ...worker.lock, failures, waitUntil: now + wait } };
    if (!(await this.put(worker, counted))) return NOT_WRITTEN;
    const key = await unwrap(worker.lock);
    if (key === undefined) return { kind: 'wrong', wait };
    const right = { ...worker, lock: { ...worker.lock, failures: 0, waitUntil: 0 } };
    return (await this.put(counted, right)) ? { kind: 'right', worker: right, key } : NOT_WRITTEN;
  }
}
