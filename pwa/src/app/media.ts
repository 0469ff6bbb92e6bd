/** Pictures, sounds and videos that go with a form's words: fetched when there is time, shown when they are here. */

import type { Signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { TextPack } from '../formlogic/definition.ts';
import { mediaNames, readMedia, saveMedia } from '../store/media.ts';
import type { StoredForm } from '../store/schema.ts';
import { digestOf } from './digest.ts';
import type { StoredFile } from './interview.ts';
import type { Materials } from './materials.ts';
import type { Storage } from './storage.ts';

/** A video over a slow network. */
const FETCH_TIMEOUT_MS = 300_000;
/** After so many fetches that failed, the network is taken to be gone. */
const MOST_FAILURES = 2;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly materials: Materials;
  /** The names of all that is on this phone. */
  readonly here: Signal<ReadonlySet<string>>;
}

export class MediaShelf {
  readonly #here: Signal<ReadonlySet<string>>;
  readonly #around: Surroundings;
  /** Packs of which all is here: they are not read again at every sync. */
  readonly #whole = new Set<string>();
  /** One after the other, whoever asks: questions' pictures must not fight over a slow network. */
  #queue: Promise<void> = Promise.resolve();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#here = around.here;
  }

  async load(): Promise<void> {
    const names = await this.#around.storage.read(mediaNames);
    if (names.kind === 'done') this.#here.value = new Set(names.value);
  }

  /** Bytes that no longer are what their name says count as not here, and are fetched again. */
  async read(sha256: string): Promise<StoredFile | undefined> {
    const read = await this.#around.storage.read((connection) => readMedia(connection, sha256));
    const found = read.kind === 'done' ? read.value : undefined;
    if (found === undefined) return undefined;
    if ((await digestOf(found.content, this.#around.environment)) === sha256) return found;
    this.#here.value = new Set([...this.#here.value].filter((name) => name !== sha256));
    return undefined;
  }

  /** All that goes with these words. Resolves when it is here, or cannot be had now. */
  fetchFor(pack: TextPack): Promise<void> {
    this.#queue = this.#queue.then(() => this.#fetchMissing([...new Set(pack.media.values())]));
    return this.#queue;
  }

  /** All that goes with forms that are here, in every language. */
  async fetchForForms(forms: readonly StoredForm[]): Promise<void> {
    for (const language of forms.flatMap(({ languages }) => languages)) {
      const pack = this.#whole.has(language.texts) ? undefined : await this.#around.materials.pack(language);
      if (pack === undefined) continue;
      await this.fetchFor(pack);
      if ([...pack.media.values()].every((name) => this.#here.value.has(name))) this.#whole.add(language.texts);
    }
  }

  async #fetchMissing(names: readonly string[]): Promise<void> {
    const failures = new Set<string>();
    for (const name of names) {
      if (this.#here.value.has(name) || failures.size >= MOST_FAILURES) continue;
      if (!(await this.#fetch(name))) failures.add(name);
    }
  }

  async #fetch(sha256: string): Promise<boolean> {
    const { environment, storage } = this.#around;
    const answer = await environment.network.download({ path: `/forms/v1/media/${sha256}`, timeout: FETCH_TIMEOUT_MS });
    if (answer.kind !== 'found' || (await digestOf(answer.content, environment)) !== sha256) return false;
    const { content, type } = answer;
    const saved = await storage.write((connection) => saveMedia(connection, { sha256, type, content }));
    if (saved.kind === 'done') this.#here.value = new Set([...this.#here.value, sha256]);
    return saved.kind === 'done';
  }
}
