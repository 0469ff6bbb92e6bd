/** The language of the app: chosen, remembered, loaded, and told to the document. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { type Catalogue, type CatalogueShelf, NO_TRANSLATIONS, parseCatalogue } from '../i18n/catalogue.ts';
import { closest, type Lang, type Language, language } from '../i18n/languages.ts';
import { createWords, type Speech, type Words } from '../i18n/words.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { Storage } from './storage.ts';

const ENGLISH = 'en';

export class Tongue {
  readonly words: Words;
  readonly languages: readonly Language[];
  readonly language: ReadonlySignal<Language>;
  readonly #speech: Signal<Speech>;
  readonly #around: {
    readonly environment: Environment;
    readonly storage: Storage;
    readonly catalogues: CatalogueShelf;
  };
  #wanted: Lang = ENGLISH;
  /** The sentences of screens that are fetched apart are wanted too. */
  #inFull = false;
  #chosen: Lang | undefined;

  constructor(around: {
    readonly environment: Environment;
    readonly storage: Storage;
    readonly catalogues: CatalogueShelf;
  }) {
    this.#around = around;
    const others = around.catalogues.languages.filter((lang) => lang !== ENGLISH);
    this.languages = [ENGLISH, ...others].map(language);
    this.#speech = signal({ language: language(ENGLISH), catalogue: NO_TRANSLATIONS });
    this.language = computed(() => this.#speech.value.language);
    this.words = createWords(this.#speech);
  }

  /** The language chosen before, else the browser's best that we speak, else English. */
  async load(): Promise<void> {
    const stored = await this.#around.storage.read((connection) => readSetting(connection, 'language'));
    const remembered = stored.kind === 'done' && typeof stored.value === 'string' ? stored.value : undefined;
    this.#chosen = remembered ?? this.#guess();
    await this.#speak(this.#chosen);
  }

  /** Speak as the open interview does, where we can, so that a screen is not half in one language; undefined: as chosen again. */
  async follow(lang: Lang | undefined): Promise<void> {
    const spoken = lang === undefined ? this.#chosen : this.languages.find((known) => known.lang === lang)?.lang;
    if (spoken !== undefined && spoken !== this.#wanted) await this.#speak(spoken);
  }

  async speakInFull(): Promise<void> {
    if (this.#inFull) return;
    this.#inFull = true;
    if (this.#chosen !== undefined) await this.#speak(this.#wanted);
  }

  async choose(lang: Lang): Promise<void> {
    this.#chosen = lang;
    await this.#speak(lang);
    await this.#around.storage.write((connection) => saveSetting(connection, 'language', lang));
  }

  /** A choice made while an earlier one is still loading wins. */
  async #speak(lang: Lang): Promise<void> {
    this.#wanted = lang;
    const catalogue = await this.#catalogueOf(lang);
    if (this.#wanted !== lang) return;
    const spoken = language(lang);
    this.#speech.value = { language: spoken, catalogue };
    this.#around.environment.page.showLanguage(spoken.lang, spoken.direction);
  }

  /** English words when there are none: `words.fallback` then marks each as English. */
  async #catalogueOf(lang: Lang): Promise<Catalogue> {
    const found = closest(lang, this.#around.catalogues.languages);
    if (found === undefined || lang === ENGLISH) return NO_TRANSLATIONS;
    try {
      const { catalogues } = this.#around;
      const later = this.#inFull ? catalogues.loadLater(found).catch(() => this.#speakInPart()) : {};
      return parseCatalogue({ ...(await catalogues.load(found)), ...(await later) });
    } catch {
      return NO_TRANSLATIONS;
    }
  }

  /** They could not be had now: whoever wants them asks again. */
  #speakInPart(): object {
    this.#inFull = false;
    return {};
  }

  #guess(): Lang {
    const spoken = this.languages.map(({ lang }) => lang);
    const best = this.#around.environment.locale.preferred.map((lang) => closest(lang, spoken));
    return best.find((lang) => lang !== undefined) ?? ENGLISH;
  }
}
