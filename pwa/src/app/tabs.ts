/**
 * Tabs of a browser that has no locks, on one draft. Fetched apart: most browsers never need it.
 *
 * - A lease keeps the others out while a tab lives; each opening is counted in the draft, so that a tab that slept through the end of
 *   its lease writes nothing over what came after it (store/drafts.ts).
 */

import type { Environment, Locks } from '../environment.ts';
import { claimDraft, type LatestDraft, saveApart } from '../store/apart.ts';
import { readDraft } from '../store/drafts.ts';
import type { StoredDraft } from '../store/schema.ts';
import { uuid7 } from '../sync/ids.ts';
import { tabLocks } from './lease.ts';
import type { Attempt, Storage } from './storage.ts';

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
}

export class Tabs {
  readonly locks: Locks;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.locks = tabLocks(around.environment, around.storage);
  }

  /** Read it to go on with it here; not when it is another worker's. */
  async claim(id: string): Promise<Attempt<StoredDraft | undefined>> {
    const read = await this.#around.storage.read((connection) => readDraft(connection, id));
    if (read.kind === 'failed' || read.value === undefined) return read;
    return this.#around.storage.writeVital((connection) => claimDraft(connection, id));
  }

  /** Keep what was answered here as a draft of its own, also what is answered meanwhile. False when it cannot be written now. */
  async keepApart(latest: () => LatestDraft): Promise<boolean> {
    const { storage, environment } = this.#around;
    const id = uuid7(environment.clock.now(), environment.random.bytes(16));
    for (let now = latest(); ; ) {
      const kept = now;
      const saved = await storage.writeVital((connection) => saveApart(connection, kept, id));
      if (saved.kind === 'failed') return false;
      now = latest();
      if (now.draft.answersJson === kept.draft.answersJson) return true;
    }
  }
}
