/** Which forms can be begun, and bringing them here: logic and the language in use first, then lists from files, then the other languages. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Network } from '../environment.ts';
import { closest, direction, type Lang } from '../i18n/languages.ts';
import { readForms, replaceOffered } from '../store/forms.ts';
import type { StoredForm, StoredLanguage, StoredWords } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';
import { readWords } from '../store/words.ts';
import { sha256 } from '../sync/sha256.ts';
import { parseJson } from '../sync/shape.ts';
import type { BlobKind, Library } from './library.ts';
import { readManifest } from './manifest.ts';
import type { FormLanguage, FormSummary } from './state.ts';
import type { Storage } from './storage.ts';

const MANIFEST_TIMEOUT_MS = 30_000;
/** After so many fetches that failed, the network is taken to be gone. */
const MOST_FAILURES = 2;

type Wanted = readonly [BlobKind, string];

interface Surroundings {
  readonly network: Network;
  readonly storage: Storage;
  readonly library: Library;
  readonly lang: () => Lang;
  readonly token: () => string | undefined;
  /** All of these are here, in every language: now there is time for what else goes with them. */
  readonly onComplete: (forms: readonly StoredForm[]) => Promise<unknown>;
  /** These are the languages that the team has added now. */
  readonly onWords: (words: readonly StoredWords[]) => Promise<void>;
}

export class FormShelf {
  readonly summaries: ReadonlySignal<readonly FormSummary[]>;
  readonly #forms: Signal<readonly StoredForm[]> = signal([]);
  #words: readonly StoredWords[] = [];
  readonly #fetching: Signal<boolean> = signal(false);
  #extent: 'to begin' | 'all' = 'to begin';
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.summaries = computed(() => this.#forms.value.map((form) => this.#summary(form)));
  }

  async load(): Promise<void> {
    const forms = await this.#around.storage.read(readForms);
    if (forms.kind === 'done') this.#forms.value = forms.value;
    const words = await this.#around.storage.read(readWords);
    if (words.kind === 'done') this.#words = words.value;
  }

  find(formId: string): StoredForm | undefined {
    return this.#forms.value.find(({ id }) => id === formId);
  }

  /** Take a manifest that came with an enrolment, and fetch what one needs to begin. The first sync fetches the other languages. */
  async welcome(manifest: unknown): Promise<void> {
    await this.#keep(manifest, '');
    void this.#fetchMissing();
  }

  /** The server's manifest has this hash: fetch it when ours is another, and whatever is still missing. */
  async refresh(hash: string): Promise<void> {
    const stored = await this.#around.storage.read((connection) => readSetting(connection, 'offered'));
    if (stored.kind === 'done' && stored.value === hash) return this.fetchMissing();
    const token = this.#around.token();
    const answer = await this.#around.network.send({
      method: 'GET',
      path: '/forms/v1/manifest',
      timeout: MANIFEST_TIMEOUT_MS,
      ...(token === undefined ? {} : { token }),
    });
    if (answer.kind !== 'answer' || answer.status !== 200) return;
    await this.#keep(parseJson(answer.body), sha256(answer.body));
    await this.fetchMissing();
  }

  /** All languages, from now on. */
  fetchMissing(): Promise<void> {
    this.#extent = 'all';
    return this.#fetchMissing();
  }

  /** `hash`: of the text that the manifest was in, '' if unknown. */
  async #keep(manifest: unknown, hash: string): Promise<void> {
    const offered = readManifest(manifest);
    if (offered === undefined) return;
    const saved = await this.#around.storage.write((connection) => replaceOffered(connection, offered, hash));
    if (saved.kind !== 'done') return;
    this.#forms.value = offered.forms;
    this.#words = saved.value;
    void this.#around.onWords(saved.value);
  }

  /** Once at a time. What cannot be had is passed over; the next sync asks again. */
  async #fetchMissing(): Promise<void> {
    if (this.#fetching.value) return;
    this.#fetching.value = true;
    const failed = new Set<string>();
    for (
      let next = this.#missing(failed);
      next !== undefined && failed.size < MOST_FAILURES;
      next = this.#missing(failed)
    ) {
      const [kind, name] = next;
      if ((await this.#around.library.fetch(kind, name)) === undefined) failed.add(name);
    }
    this.#fetching.value = false;
    if (this.#extent === 'all' && failed.size === 0) await this.#around.onComplete(this.#forms.value);
  }

  /** Looked up anew each time: the list of forms or the language may have changed during the fetch before. */
  #missing(failed: ReadonlySet<string>): Wanted | undefined {
    const here = this.#around.library.here.value;
    return this.#wanted().find(([, name]) => !here.has(name) && !failed.has(name));
  }

  /** What one needs to begin, of all forms; then the other languages. */
  #wanted(): readonly Wanted[] {
    if (this.#extent === 'to begin') return this.#neededToBegin();
    const rest = this.#forms.value.flatMap(({ languages }) => languages.map(({ texts }) => ['texts', texts] as const));
    const words = this.#words.map((language) => ['words', language.sha256] as const);
    return [...this.#neededToBegin(), ...words, ...rest];
  }

  /** Lists may be long: a form without any does not wait for those of another. */
  #neededToBegin(): readonly Wanted[] {
    const forms = this.#forms.value;
    const small = forms.flatMap(
      (form) =>
        [
          ['logic', form.logic],
          ['texts', this.languageFor(form).texts],
        ] as const,
    );
    const lists = forms.flatMap(({ lists = [] }) => lists.map(({ sha256: name }) => ['lists', name] as const));
    return [...small, ...lists];
  }

  /** The form's language that serves the language in use best, else its default. */
  languageFor(form: StoredForm): StoredLanguage {
    return chooseLanguage(form, this.#around.lang());
  }

  #summary(form: StoredForm): FormSummary {
    const here = this.#around.library.here.value;
    const shown = this.languageFor(form);
    const { logic, languages, lists = [] } = form;
    const whole = here.has(logic) && lists.every((list) => here.has(list.sha256));
    const complete = whole && languages.some(({ texts }) => here.has(texts));
    return {
      id: form.id,
      version: form.version,
      title: shown.title,
      titleLang: shown.lang,
      defaultLang: form.defaultLang,
      languages: languages.map((language) => formLanguage(language, here)),
      spoken: form.spoken ?? [],
      readiness: complete ? 'here' : this.#fetching.value ? 'fetching' : 'missing',
    };
  }
}

export function formLanguage(language: StoredLanguage, here: ReadonlySet<string>): FormLanguage {
  const { lang, autonym, title, draft, texts } = language;
  return { lang, autonym, title, draft, direction: direction(lang), here: here.has(texts) };
}

export function chooseLanguage(form: StoredForm, wanted: Lang): StoredLanguage {
  const lang =
    closest(
      wanted,
      form.languages.map((language) => language.lang),
    ) ?? form.defaultLang;
  const found = form.languages.find((language) => language.lang === lang) ?? form.languages[0];
  if (found === undefined) throw new Error(`Form ${form.id} has no language.`);
  return found;
}
