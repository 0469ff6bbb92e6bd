/**
 * One tab at a time, where the browser has no Web Locks: a record that its holder renews while it works.
 *
 * - Another's lease is taken over when it is stale by the clock and by two looks: it has run out, and nobody has renewed it between
 *   two looks that lie further apart than a renewal. A clock alone can jump; a look alone can fall between two renewals.
 * - A lease that runs out later than any lease can is from before a clock was put back: it has run out too.
 * - A tab that was asleep may come back and find its lease gone. Then it renews no more, and does not know yet: what it does must be
 *   single by other means, the server's care for what is sent, the count of openings for a draft (store/drafts.ts).
 */

import type { Clock, Environment, Locks } from '../environment.ts';
import { isSameLease, releaseLease, takeLease } from '../store/leases.ts';
import type { StoredLease } from '../store/schema.ts';
import { uuid4 } from '../sync/ids.ts';
import type { Storage } from './storage.ts';

export const LEASE_MS = 10_000;
/** How often it is renewed while it is held. */
export const BEAT_MS = 3_000;
/** Two looks lie so far apart, by a timer. */
export const LOOK_APART_MS = 7_000;

interface Look {
  readonly lease: StoredLease;
  /** So long ago that a living holder has renewed it since. */
  ripe: boolean;
}

/** The browser's locks where it has some, else leases. */
export function tabLocks(environment: Environment, storage: Storage): Locks {
  return environment.locks.available ? environment.locks : new Leases(environment, storage);
}

class Leases implements Locks {
  readonly available = true;
  readonly #clock: Clock;
  readonly #storage: Storage;
  readonly #holder: string;
  readonly #looks: Map<string, Look> = new Map();

  /** Never begins anew, so that one of our leases is not taken for another. */
  #beat = 0;

  constructor({ clock, locks, random }: Environment, storage: Storage) {
    this.#clock = clock;
    this.#storage = storage;
    this.#holder = locks.tab?.() ?? uuid4(random.bytes(16));
  }

  /** Looks once, whatever the patience: who wants it comes back. */
  async hold(name: string): Promise<{ readonly release: () => void } | undefined> {
    const stale = this.#staleLease(name);
    const lease = await this.#take(name, stale);
    // A phone that cannot write can send nothing new, but it can still be told what has arrived.
    if (lease === undefined) return { release: () => undefined };
    if (lease.holder !== this.#holder) {
      this.#look(name, lease);
      return undefined;
    }
    this.#looks.delete(name);
    return this.#held(name);
  }

  #held(name: string): { readonly release: () => void } {
    let cancel: () => void = () => undefined;
    const renew = async (): Promise<void> => {
      cancel = this.#clock.after(BEAT_MS, renew);
      const lease = await this.#take(name);
      if (lease !== undefined && lease.holder !== this.#holder) cancel();
    };
    cancel = this.#clock.after(BEAT_MS, renew);
    return {
      release: () => {
        cancel();
        void this.#storage.write((connection) => releaseLease(connection, { name, holder: this.#holder }));
      },
    };
  }

  async #take(name: string, stale?: StoredLease): Promise<StoredLease | undefined> {
    this.#beat += 1;
    const wanted = { name, holder: this.#holder, until: this.#clock.now() + LEASE_MS, beat: this.#beat };
    const taken = await this.#storage.write((connection) => takeLease(connection, wanted, stale));
    return taken.kind === 'done' ? taken.value : undefined;
  }

  #look(name: string, lease: StoredLease): void {
    if (isSameLease(this.#looks.get(name)?.lease, lease)) return;
    const look: Look = { lease, ripe: false };
    this.#looks.set(name, look);
    this.#clock.after(LOOK_APART_MS, () => {
      look.ripe = true;
    });
  }

  #staleLease(name: string): StoredLease | undefined {
    const look = this.#looks.get(name);
    if (look === undefined || !look.ripe) return undefined;
    const now = this.#clock.now();
    const hasRunOut = look.lease.until <= now || look.lease.until > now + LEASE_MS;
    return hasRunOut ? look.lease : undefined;
  }
}
