/**
 * The language of the app: chosen, remembered, told to the document; and its words: those of the build, those that the team has added.
 * - Choosing one blocks nothing: the language before stays until the words are here, and they are asked for again until they are.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { type Catalogue, type CatalogueShelf, NO_TRANSLATIONS, parseCatalogue } from '../i18n/catalogue.ts';
import { closest, type Lang, type Language, language } from '../i18n/languages.ts';
import { createWords, type Speech, type Words } from '../i18n/words.ts';
import type { StoredWords } from '../store/schema.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { readWords } from '../store/words.ts';
import { parseJson } from '../sync/shape.ts';
import type { Library } from './library.ts';
import type { Storage } from './storage.ts';

const ENGLISH = 'en';
/** After a failure, and ever again: the words are a few kilobytes. */
const AGAIN_MS = 30_000;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly library: Library;
  readonly catalogues: CatalogueShelf;
}

/** `whole`: all that there is of it was here. */
interface Found {
  readonly catalogue: Catalogue;
  readonly whole: boolean;
}

export class Tongue {
  readonly words: Words;
  readonly language: ReadonlySignal<Language>;
  /** English first, then those of the build, then those that the team has added or mended. */
  readonly languages: ReadonlySignal<readonly Language[]>;
  /** Wanted, and its words could not be had yet; undefined: nothing is missing. */
  readonly awaited: ReadonlySignal<Language | undefined>;
  readonly #awaited: Signal<Language | undefined> = signal(undefined);
  readonly #added: Signal<readonly StoredWords[]> = signal([]);
  readonly #speech: Signal<Speech>;
  readonly #around: Surroundings;
  /** By language: what was found whole is not looked for twice. */
  readonly #known = new Map<Lang, Catalogue>();
  #wanted: Lang = ENGLISH;
  #chosen: Lang | undefined;
  #callOff: () => void = () => undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.languages = computed(() => this.#offered(this.#added.value));
    this.#speech = signal({ language: language(ENGLISH), catalogue: NO_TRANSLATIONS });
    this.language = computed(() => this.#speech.value.language);
    this.awaited = this.#awaited;
    this.words = createWords(this.#speech);
    around.environment.page.onWake(() => void this.#tryAgain());
  }

  /** The language chosen before, else the browser's best that we speak, else English. */
  async load(): Promise<void> {
    const [stored, added] = await Promise.all([
      this.#around.storage.read((connection) => readSetting(connection, 'language')),
      this.#around.storage.read(readWords),
    ]);
    if (added.kind === 'done') this.#added.value = added.value;
    const remembered = stored.kind === 'done' && typeof stored.value === 'string' ? stored.value : undefined;
    this.#chosen = remembered ?? this.#guess();
    await this.#speak(this.#nearest(this.#chosen));
  }

  /** What the server's manifest says that the team has added. */
  async takeAdded(added: readonly StoredWords[]): Promise<void> {
    for (const lang of this.#known.keys())
      if (this.#addedFor(lang)?.sha256 !== added.find((one) => one.lang === lang)?.sha256) this.#known.delete(lang);
    this.#added.value = added;
    if (this.#chosen !== undefined) await this.#speak(this.#closest(this.#wanted) ?? this.#nearest(this.#chosen));
  }

  /** Speak as the open interview does, where we can, so that a screen is not half in one language; undefined: as chosen again. */
  async follow(lang: Lang | undefined): Promise<void> {
    const spoken = lang === undefined ? this.#chosen && this.#nearest(this.#chosen) : this.#closest(lang);
    if (spoken !== undefined && spoken !== this.#wanted) await this.#speak(spoken);
  }

  /** True when this language could be spoken now without a wait, or nobody has words in it. */
  async prepare(lang: Lang): Promise<boolean> {
    const spoken = this.#closest(lang);
    return spoken === undefined || (await this.#find(spoken)) !== undefined;
  }

  async choose(lang: Lang): Promise<void> {
    this.#chosen = lang;
    const remembering = this.#around.storage.write((connection) => saveSetting(connection, 'language', lang));
    await this.#speak(this.#nearest(lang));
    await remembering;
  }

  /** A choice made while an earlier one is still loading wins. What was here before is said at once. */
  async #speak(lang: Lang): Promise<void> {
    this.#callOff();
    this.#wanted = lang;
    const found = this.#knownIn(lang) ?? (await this.#find(lang));
    if (this.#wanted !== lang) return;
    const spoken = this.languages.peek().find((known) => known.lang === lang) ?? language(lang);
    if (found !== undefined) {
      this.#speech.value = { language: spoken, catalogue: found.catalogue };
      this.#around.environment.page.showLanguage(spoken.lang, spoken.direction);
    }
    this.#awaited.value = this.language.peek().lang === lang ? undefined : spoken;
    if (found?.whole !== true) this.#callOff = this.#around.environment.clock.after(AGAIN_MS, () => this.#tryAgain());
  }

  async #tryAgain(): Promise<void> {
    if (this.#chosen !== undefined && this.#knownIn(this.#wanted) === undefined) await this.#speak(this.#wanted);
  }

  #knownIn(lang: Lang): Found | undefined {
    const catalogue = lang === ENGLISH && this.#addedFor(lang) === undefined ? NO_TRANSLATIONS : this.#known.get(lang);
    return catalogue && { catalogue, whole: true };
  }

  /** Undefined: nothing of it can be had now. The team's own words come on top of those of the build. */
  async #find(lang: Lang): Promise<Found | undefined> {
    const known = this.#knownIn(lang);
    if (known !== undefined) return known;
    const [added, built] = [this.#addedFor(lang), this.#around.catalogues.languages.includes(lang)];
    const [first, { said, whole }] = await Promise.all([
      built ? this.#around.catalogues.load(lang).catch(() => undefined) : {},
      added === undefined ? { said: {}, whole: true } : this.#readAdded(added),
    ]);
    if (first === undefined || (said === undefined && !built && lang !== ENGLISH)) return undefined;
    const catalogue = { ...parseCatalogue(first, said), ...(added === undefined ? {} : { draft: added.draft }) };
    if (whole && added === this.#addedFor(lang)) this.#known.set(lang, catalogue);
    return { catalogue, whole };
  }

  /** Those from before serve while the new ones are on their way. */
  async #readAdded({ sha256, before }: StoredWords): Promise<{ readonly said: unknown; readonly whole: boolean }> {
    const { library } = this.#around;
    const here = await library.read(sha256);
    const older = here === undefined && before !== undefined ? await library.read(before) : undefined;
    if (older === undefined) {
      const said = parseJson(here ?? (await library.fetch('words', sha256)) ?? '');
      return { said, whole: said !== undefined };
    }
    void library.fetch('words', sha256).then(() => {
      if (library.here.peek().has(sha256)) void this.#tryAgain();
    });
    return { said: parseJson(older), whole: false };
  }

  #addedFor(lang: Lang): StoredWords | undefined {
    return this.#added.peek().find((added) => added.lang === lang);
  }

  #offered(added: readonly StoredWords[]): readonly Language[] {
    const built = [ENGLISH, ...this.#around.catalogues.languages.filter((lang) => lang !== ENGLISH)];
    const isMended = (lang: Lang): boolean => added.some((one) => one.lang === lang);
    return [...built.filter((lang) => !isMended(lang)).map(language), ...added];
  }

  #closest(lang: Lang): Lang | undefined {
    const spoken = this.languages.peek().map((known) => known.lang);
    return closest(lang, spoken);
  }

  /** That language, else what serves it best, else what serves the person best. */
  #nearest(lang: Lang): Lang {
    return this.#closest(lang) ?? this.#guess();
  }

  #guess(): Lang {
    const best = this.#around.environment.locale.preferred.map((lang) => this.#closest(lang));
    return best.find((lang) => lang !== undefined) ?? ENGLISH;
  }
}
