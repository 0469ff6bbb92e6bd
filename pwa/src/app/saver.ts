/**
 * Saves one draft on every change: one write under way, the latest state next.
 *
 * - `saved` is said only when the write that holds the latest change is on disk.
 * - Changes during a write cost one more write, however many they were.
 * - A failed write is tried again with the next change, and by itself after a while.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Clock } from '../environment.ts';
import type { SaveState } from './interview.ts';

/** After a failed write, try again by itself after so many milliseconds. */
export const RETRY_MS = 3_000;

interface Surroundings {
  readonly clock: Clock;
  /** Write the draft as it is at this moment; false when it could not be done. */
  readonly write: () => Promise<boolean>;
}

export class Saver {
  readonly #state: Signal<SaveState> = signal('saved');
  readonly #around: Surroundings;
  #changed = false;
  #stopped = false;
  #writing: Promise<boolean> | undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get state(): ReadonlySignal<SaveState> {
    return this.#state;
  }

  /** Something has changed. */
  touch(): void {
    this.#changed = true;
    if (this.#stopped) return;
    this.#state.value = 'saving';
    this.#writing ??= this.#drain();
  }

  /** Resolves when everything so far is on disk; false when it could not be written. */
  async settled(): Promise<boolean> {
    if (this.#changed && this.#writing === undefined) this.touch();
    await this.#writing;
    return !this.#changed;
  }

  /** Write nothing any more, until `resume`: the draft is about to become a revision, or to be let go. */
  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
  }

  resume(): void {
    this.#stopped = false;
    if (this.#changed) this.touch();
  }

  async #drain(): Promise<boolean> {
    this.#cancelRetry();
    let written = true;
    while (this.#changed && written && !this.#stopped) {
      this.#changed = false;
      written = await this.#around.write();
      if (!written) this.#changed = true;
    }
    this.#writing = undefined;
    this.#state.value = written ? 'saved' : 'failed';
    if (!written && !this.#stopped) this.#cancelRetry = this.#around.clock.after(RETRY_MS, () => this.touch());
    return written;
  }
}
