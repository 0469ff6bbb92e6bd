/**
 * What people have recorded of forms: which language somebody listens in, which sound says a text, and bringing sounds here.
 *
 * - On a worker's phone the language in use and the one that is listened in come by themselves; of others the first two of the form,
 *   where bytes cost nothing as far as the browser tells. More than a few megabytes are asked for by a person; where little room
 *   is left, all are (room.ts).
 * - A resident pays for what this phone fetches: a sound comes when it is pressed.
 */

import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { closest, type Lang } from '../i18n/languages.ts';
import type { StoredForm } from '../store/schema.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { fieldsOf, parseJson, textOf } from '../sync/shape.ts';
import type { StoredFile } from './interview.ts';
import type { Library } from './library.ts';
import { LANGUAGES_AHEAD, type MediaShelf } from './media.ts';
import type { SpokenLanguage } from './state.ts';
import type { Storage } from './storage.ts';

/** What comes of one language without a person asking for it. */
export const MOST_AHEAD_BYTES = 5_000_000;

export interface SpokenSound {
  readonly sha256: string;
  readonly bytes: number;
}

export type SoundPack = ReadonlyMap<string, SpokenSound>;

/** What a person chose to listen in, while the words stood in a language. */
export interface Listening {
  readonly lang: Lang;
  readonly words: Lang;
}

/** What the screens see. */
export interface Sounds {
  /** Undefined: as the words are written. */
  readonly listening: ReadonlySignal<Listening | undefined>;
  listenIn(listening: Listening): Promise<void>;
  /** The sounds of a language by the key of the text that they say; undefined when that cannot be had now. */
  read(spoken: SpokenLanguage): Promise<SoundPack | undefined>;
  /** The same, where that is known already. */
  known(spoken: SpokenLanguage): SoundPack | undefined;
  /** One that somebody waits for. Undefined: it cannot be had now. */
  fetch(sha256: string): Promise<StoredFile | undefined>;
  /** All of a language, as a person asked. */
  fetchAll(spoken: SpokenLanguage): Promise<void>;
}

interface Surroundings {
  readonly environment: Pick<Environment, 'network'>;
  readonly storage: Pick<Storage, 'read' | 'write'>;
  readonly library: Pick<Library, 'readOrFetch'>;
  readonly media: Pick<MediaShelf, 'fetchAll' | 'fetchUnasked' | 'fetchNow'>;
  readonly lang: () => Lang;
  readonly isWorkers: () => boolean;
}

export class SoundShelf implements Sounds {
  readonly #listening: Signal<Listening | undefined> = signal(undefined);
  readonly #packs = new Map<string, SoundPack>();
  /** Also those that could not be had: at the next sync they are asked for again, not at every question. */
  readonly #reading = new Map<string, Promise<SoundPack | undefined>>();
  readonly #around: Surroundings;
  #forms: readonly StoredForm[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get listening(): ReadonlySignal<Listening | undefined> {
    return this.#listening;
  }

  async load(): Promise<void> {
    const stored = await this.#around.storage.read((connection) => readSetting(connection, 'listen'));
    if (stored.kind === 'done') this.#listening.value = readListening(stored.value);
    // Another language in use is other sounds to have.
    effect(() => {
      this.#around.lang();
      this.#listening.value;
      void this.#fetchLikely();
    });
  }

  async listenIn(listening: Listening): Promise<void> {
    this.#listening.value = listening;
    await this.#around.storage.write((connection) => saveSetting(connection, 'listen', listening));
  }

  known({ sounds }: SpokenLanguage): SoundPack | undefined {
    return this.#packs.get(sounds);
  }

  read({ sounds }: SpokenLanguage): Promise<SoundPack | undefined> {
    const reading = this.#reading.get(sounds) ?? this.#read(sounds);
    this.#reading.set(sounds, reading);
    return reading;
  }

  async #read(name: string): Promise<SoundPack | undefined> {
    const text = await this.#around.library.readOrFetch('sounds', name);
    const pack = text === undefined ? undefined : parseSounds(parseJson(text));
    if (pack !== undefined) this.#packs.set(name, pack);
    return pack;
  }

  fetch(sha256: string): Promise<StoredFile | undefined> {
    return this.#around.media.fetchNow(sha256);
  }

  async fetchAll(spoken: SpokenLanguage): Promise<void> {
    await this.#around.media.fetchAll(await this.#namesIn(spoken));
  }

  /** What is likely to be listened to with these forms. */
  async fetchAhead(forms: readonly StoredForm[]): Promise<void> {
    this.#forms = forms;
    for (const name of this.#reading.keys()) if (!this.#packs.has(name)) this.#reading.delete(name);
    await this.#fetchLikely();
    // What they name is needed, and what none of them names is not (unneeded.ts).
    if (this.#around.isWorkers())
      await Promise.all(forms.flatMap(({ spoken = [] }) => spoken.map((one) => this.read(one))));
  }

  /** Those in use of all forms come before the others: there may not be room for all. */
  async #fetchLikely(): Promise<void> {
    if (!this.#around.isWorkers()) return;
    const spoken = this.#forms.flatMap((form) => (form.spoken ?? []).map((one) => ({ ...one, form })));
    const [inUse, others] = [spoken.filter((one) => this.#isInUse(one)), spoken.filter((one) => !this.#isInUse(one))];
    for (const one of [...inUse, ...others.filter((other) => this.#isLikely(other, other.form))])
      if (one.bytes <= MOST_AHEAD_BYTES) await this.#around.media.fetchUnasked(await this.#namesIn(one));
  }

  async #namesIn(spoken: SpokenLanguage): Promise<string[]> {
    return [...((await this.read(spoken))?.values() ?? [])].map(({ sha256 }) => sha256);
  }

  #isInUse({ lang, beside }: SpokenLanguage): boolean {
    return lang === this.#listening.peek()?.lang || closest(this.#around.lang(), [beside]) !== undefined;
  }

  #isLikely({ beside }: SpokenLanguage, { languages }: StoredForm): boolean {
    const place = languages.findIndex((language) => language.lang === beside);
    return place >= 0 && place < LANGUAGES_AHEAD && this.#around.environment.network.dear?.() !== true;
  }
}

function readListening(value: unknown): Listening | undefined {
  const fields = fieldsOf(value);
  const lang = textOf(fields.get('lang'));
  const words = textOf(fields.get('words'));
  return lang === undefined || words === undefined ? undefined : { lang, words };
}

/** Undefined when it is no sound pack of a format that this app reads. */
export function parseSounds(value: unknown): SoundPack | undefined {
  const fields = fieldsOf(value);
  if (fields.get('format') !== 1) return undefined;
  const sounds = new Map<string, SpokenSound>();
  for (const [key, sound] of fieldsOf(fields.get('sounds'))) {
    const sha256 = textOf(fieldsOf(sound).get('sha256'));
    if (sha256 !== undefined) sounds.set(key, { sha256, bytes: Number(fieldsOf(sound).get('bytes')) || 0 });
  }
  return sounds;
}
