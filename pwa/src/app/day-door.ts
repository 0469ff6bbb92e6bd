/** The door to what a worker's day needs besides questions (day.ts), fetched apart. */

import { type Signal, signal } from '@preact/signals';
import type { Day, Surroundings } from './day.ts';

export class DayDoor {
  /** Once it has been fetched. */
  readonly day: Signal<Day | undefined> = signal(undefined);
  readonly #around: Surroundings;
  #opening: Promise<Day> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** One for all who ask. Undefined when it cannot be had now: it is tried again the next time. */
  async open(): Promise<Day | undefined> {
    this.#opening ??= import('./day.ts').then(({ openDay }) => openDay(this.#around));
    try {
      this.day.value = await this.#opening;
    } catch {
      this.#opening = undefined;
    }
    return this.day.value;
  }
}
