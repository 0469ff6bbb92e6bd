/** Locks when nobody has touched the phone for some minutes: also while the app was in the background, as soon as it is looked at again. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment, Guard } from '../environment.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { LockState } from './state.ts';
import type { Storage } from './storage.ts';

/** What may be chosen; 0: never. */
export const LOCK_AFTER = [2, 5, 15, 0] as const;
const LOCK_AFTER_MINUTES = 5;
const MINUTE_MS = 60_000;
/** How often it is looked at, so that a new limit is soon in force. */
const LOOK_MS = 15_000;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly guard: Guard;
  readonly state: Signal<LockState>;
  /** Whoever is signed in. */
  readonly hasPin: () => boolean;
  readonly lock: () => void;
}

export class AutoLock {
  readonly #minutes: Signal<number> = signal(LOCK_AFTER_MINUTES);
  readonly #around: Surroundings;
  #touched: number;

  constructor(around: Surroundings) {
    this.#around = around;
    const { clock, page } = around.environment;
    this.#touched = clock.now();
    const lookAgain = (): void => {
      this.#look();
      clock.after(LOOK_MS, lookAgain);
    };
    clock.after(LOOK_MS, lookAgain);
    page.onWake(() => this.#look());
    // A touch after too long is a touch of whoever found the phone.
    around.guard.onTouch(() => {
      this.#look();
      this.#touched = clock.now();
    });
  }

  /** Without a touch; 0: never. */
  get minutes(): ReadonlySignal<number> {
    return this.#minutes;
  }

  async load(): Promise<void> {
    const read = await this.#around.storage.read((connection) => readSetting(connection, 'lock-after'));
    if (read.kind === 'done' && typeof read.value === 'number') this.#minutes.value = read.value;
  }

  async choose(minutes: number): Promise<void> {
    this.#minutes.value = minutes;
    await this.#around.storage.write((connection) => saveSetting(connection, 'lock-after', minutes));
  }

  #look(): void {
    const { environment, state, hasPin, lock } = this.#around;
    const limit = this.#minutes.value * MINUTE_MS;
    const isLong = limit > 0 && environment.clock.now() - this.#touched >= limit;
    if (state.value.kind === 'open' && isLong && hasPin()) lock();
  }
}
