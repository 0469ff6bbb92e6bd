/** Pictures, sounds and videos that go with a form's words: fetched when there is time, shown when they are here. */

import type { Signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { TextPack } from '../formlogic/definition.ts';
import { closest, type Lang } from '../i18n/languages.ts';
import { mediaNames, readMedia, saveMedia } from '../store/media.ts';
import type { StoredForm, StoredLanguage, StoredMedia } from '../store/schema.ts';
import { digestOf } from './digest.ts';
import type { StoredFile } from './interview.ts';
import type { Materials } from './materials.ts';
import type { RoomWatch } from './room.ts';
import type { Storage } from './storage.ts';

/** A video over a slow network. */
const FETCH_TIMEOUT_MS = 300_000;
/** After so many fetches that failed, the network is taken to be gone. */
const MOST_FAILURES = 2;

/** Languages of a form whose sounds are fetched before anybody has used them. */
export const LANGUAGES_AHEAD = 2;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly materials: Materials;
  readonly room: Pick<RoomWatch, 'hasRoomFor' | 'hasRoomUnasked'>;
  /** The names of all that is on this phone. */
  readonly here: Signal<ReadonlySet<string>>;
  /** The language in use. */
  readonly lang: () => Lang;
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
    const isWhole = found !== undefined && (await digestOf(found.content, this.#around.environment)) === sha256;
    if (!isWhole && this.#here.value.has(sha256)) this.forget([sha256]);
    return isWhole ? found : undefined;
  }

  /** These are here no longer. */
  forget(names: Iterable<string>): void {
    const gone = new Set(names);
    this.#here.value = new Set([...this.#here.value].filter((name) => !gone.has(name)));
  }

  /** All that goes with these words, which somebody uses. */
  fetchFor(pack: TextPack): Promise<void> {
    return this.fetchAll(pack.media.values());
  }

  /** These, one after the other. Resolves when they are here, or cannot be had now. */
  fetchAll(names: Iterable<string>): Promise<void> {
    return this.#enqueue(names, () => this.#around.room.hasRoomFor(0));
  }

  /** As fetchAll, for what nobody has asked for: only as long as there is much room, and only so much. */
  fetchUnasked(names: Iterable<string>): Promise<void> {
    return this.#enqueue(names, () => this.#around.room.hasRoomUnasked());
  }

  /** One that somebody waits for, before all others; given also where there is no room to keep it. Undefined: it cannot be had now. */
  async fetchNow(name: string): Promise<StoredFile | undefined> {
    return (await this.read(name)) ?? this.#fetch(name);
  }

  /** What goes with forms that are here: pictures and videos in every language, sounds in those that are likely to be used. */
  async fetchForForms(forms: readonly StoredForm[]): Promise<void> {
    for (const { languages } of forms)
      for (const [place, language] of languages.entries())
        await this.#fetchFor(language, this.#isLikely(language, place));
  }

  async #fetchFor(language: StoredLanguage, withSounds: boolean): Promise<void> {
    const mark = `${language.texts} ${withSounds}`;
    const pack = this.#whole.has(mark) ? undefined : await this.#around.materials.pack(language);
    if (pack === undefined) return;
    const sounds = withSounds ? new Set<string>() : soundsOf(pack);
    const names = [...pack.media].filter(([name]) => !sounds.has(name)).map(([, sha256]) => sha256);
    await this.fetchUnasked(names);
    if (names.every((name) => this.#here.value.has(name))) this.#whole.add(mark);
  }

  /** It is in use; or it is one of the first of the form, and bytes cost nothing as far as the browser tells. */
  #isLikely({ lang }: StoredLanguage, place: number): boolean {
    const isInUse = closest(this.#around.lang(), [lang]) !== undefined;
    return isInUse || (place < LANGUAGES_AHEAD && this.#around.environment.network.dear?.() !== true);
  }

  #enqueue(names: Iterable<string>, hasRoom: () => Promise<boolean>): Promise<void> {
    this.#queue = this.#queue.then(() => this.#fetchMissing(new Set(names), hasRoom));
    return this.#queue;
  }

  async #fetchMissing(names: ReadonlySet<string>, hasRoom: () => Promise<boolean>): Promise<void> {
    let failures = 0;
    for (const name of names) {
      if (this.#here.value.has(name)) continue;
      if (failures >= MOST_FAILURES || !(await hasRoom())) return;
      await this.#fetch(name);
      if (!this.#here.value.has(name)) failures += 1;
    }
  }

  async #fetch(sha256: string): Promise<StoredFile | undefined> {
    const { environment } = this.#around;
    const answer = await environment.network.download({ path: `/forms/v1/media/${sha256}`, timeout: FETCH_TIMEOUT_MS });
    if (answer.kind !== 'found' || (await digestOf(answer.content, environment)) !== sha256) return undefined;
    const { content, type } = answer;
    await this.#keep({ sha256, type, content });
    return { content, type };
  }

  /** Only where it leaves room for answers. That it does not is no trouble: nothing that anybody typed is at stake. */
  async #keep(media: StoredMedia): Promise<void> {
    const { room, storage } = this.#around;
    if (!(await room.hasRoomFor(media.content.byteLength))) return;
    const saved = await storage.read((connection) => saveMedia(connection, media));
    if (saved.kind === 'done' && saved.value) this.#here.value = new Set([...this.#here.value, media.sha256]);
  }
}

/** The names of files that are heard and not seen. */
function soundsOf({ texts }: TextPack): ReadonlySet<string> {
  const names = [...texts.values()].map(({ files }) => files?.get('audio'));
  return new Set(names.filter((name) => name !== undefined));
}
