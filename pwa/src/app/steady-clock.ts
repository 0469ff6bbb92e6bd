/**
 * Time that never goes back: how long a wait lasts must not depend on somebody who sets the phone's clock. Put forward by years,
 * it ends waits at once, which costs one try; put back by years, it stands still until the next timer.
 */

import type { Clock } from '../environment.ts';

export class SteadyClock {
  readonly #clock: Pick<Clock, 'now'>;
  #seen: number;
  #steady: number;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.#seen = clock.now();
    this.#steady = this.#seen;
  }

  /** Milliseconds; at least as much as before. */
  now(): number {
    const now = this.#clock.now();
    this.#steady += Math.max(0, now - this.#seen);
    this.#seen = now;
    return this.#steady;
  }
}
