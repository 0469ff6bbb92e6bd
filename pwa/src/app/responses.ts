/** The responses on this phone, drafts and finalised. No texts are read for it. What is shown of each: summaries.ts. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lang } from '../i18n/languages.ts';
import { readDrafts } from '../store/drafts.ts';
import { type Lines, readLines } from '../store/lines.ts';
import { readReviews } from '../store/reviews.ts';
import { readArrivals } from '../store/revisions.ts';
import type { StoredArrival, StoredDraft, StoredReview } from '../store/schema.ts';
import type { ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';
import type { Summaries } from './summaries.ts';

/** Of what is finished. */
export interface Held extends Lines {
  readonly arrivals: readonly StoredArrival[];
  readonly reviews: readonly StoredReview[];
}

export class ResponseList {
  readonly summaries: ReadonlySignal<readonly ResponseSummary[]> = computed(() => this.#made.value?.all.value ?? []);
  /** Finalised, and not acknowledged by any server. */
  readonly waiting: ReadonlySignal<number> = computed(
    () => this.#held.value.lines.filter(({ state }) => state === 'finalised').length,
  );
  /** Of which something is nowhere but on this phone: drafts too, and photos that have not gone. */
  readonly unsent: ReadonlySignal<number> = computed(
    () => this.#made.value?.unsent.value ?? this.drafts.value.size + this.waiting.value,
  );
  /** Of everybody who works with this phone. */
  readonly drafts: Signal<ReadonlyMap<string, StoredDraft>> = signal(new Map());
  readonly #held: Signal<Held> = signal({ lines: [], forms: new Map(), arrivals: [], reviews: [] });
  readonly #made: Signal<Summaries | undefined> = signal(undefined);
  readonly #storage: Storage;
  readonly #lang: () => Lang;

  constructor(storage: Storage, lang: () => Lang) {
    this.#storage = storage;
    this.#lang = lang;
  }

  async load(): Promise<void> {
    const read = await this.#storage.read((connection) =>
      Promise.all([readDrafts(connection), readLines(connection), readArrivals(connection), readReviews(connection)]),
    );
    if (read.kind === 'failed') return;
    const [drafts, finished, arrivals, reviews] = read.value;
    // On a first visit there is nothing to show, and nobody waits for how to show it.
    if (drafts.length + finished.lines.length > 0) await this.#fetch();
    batch(() => {
      this.drafts.value = new Map(drafts.map((draft) => [draft.id, draft]));
      this.#held.value = { ...finished, arrivals, reviews };
    });
  }

  /** A draft was written: no need to read all again. */
  noteDraft(draft: StoredDraft): void {
    this.drafts.value = new Map([...this.drafts.value, [draft.id, draft]]);
    void this.#fetch();
  }

  /** When it cannot be had now, it is tried again with the next change. */
  async #fetch(): Promise<void> {
    if (this.#made.peek() !== undefined) return;
    const fetched = await import('./summaries.ts').catch(() => undefined);
    const around = { drafts: this.drafts, held: this.#held, storage: this.#storage, lang: this.#lang };
    this.#made.value ??= fetched?.summarise(around);
  }
}
