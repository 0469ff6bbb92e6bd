/** The one interview that is open: joins the engine, the words and the saver. See interview.ts for what it promises. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Clock } from '../environment.ts';
import type { NodeDefinition, TextPack } from '../formlogic/definition.ts';
import type { Form, InstanceNode, Problem } from '../formlogic/form.ts';
import { closest, type Lang } from '../i18n/languages.ts';
import type { StoredDraft, StoredLanguage } from '../store/schema.ts';
import { shortTitle, withLanguage } from './drafts.ts';
import { formLanguage } from './forms.ts';
import type { Interview, SaveState } from './interview.ts';
import { utcText } from './moments.ts';
import { Saver } from './saver.ts';
import type { FormLanguage } from './state.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly form: Form;
  readonly pack: TextPack;
  /** Names of the logics and packs on this phone. */
  readonly here: ReadonlySignal<ReadonlySet<string>>;
  readonly save: (draft: StoredDraft) => Promise<boolean>;
  /** The words of a language, from here or from the server; undefined when neither has them now. */
  readonly findPack: (language: StoredLanguage) => Promise<TextPack | undefined>;
  readonly letGo: () => void;
}

export class OpenInterview implements Interview {
  readonly form: Form;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  readonly saver: Saver;
  readonly #changes: Signal<number> = signal(0);
  readonly #pack: Signal<TextPack>;
  readonly #position: Signal<string>;
  readonly #around: Surroundings;
  readonly #unsubscribe: () => void;
  #draft: StoredDraft;

  constructor(draft: StoredDraft, around: Surroundings) {
    this.#draft = draft;
    this.#around = around;
    this.form = around.form;
    this.#pack = signal(around.pack);
    this.#position = signal(draft.position);
    this.saver = new Saver({ clock: around.clock, write: () => this.#write() });
    this.form.useTexts(around.pack);
    this.#unsubscribe = this.form.subscribe(() => this.#noteChange());
    this.problems = computed(() => {
      this.#changes.value;
      return this.form.problems();
    });
  }

  get responseId(): string {
    return this.#draft.id;
  }

  get formId(): string {
    return this.#draft.form.id;
  }

  /** Live: words may arrive while it is open. */
  get languages(): readonly FormLanguage[] {
    const here = this.#around.here.value;
    return this.#draft.form.languages.map((language) => formLanguage(language, here));
  }

  /** As it would be written now. */
  get draft(): StoredDraft {
    return this.#draft;
  }

  get changes(): ReadonlySignal<number> {
    return this.#changes;
  }

  get saveState(): ReadonlySignal<SaveState> {
    return this.saver.state;
  }

  get pack(): ReadonlySignal<TextPack> {
    return this.#pack;
  }

  get position(): ReadonlySignal<string> {
    return this.#position;
  }

  goTo(position: string): void {
    if (position === this.#position.value) return;
    this.#position.value = position;
    this.#draft = { ...this.#draft, position };
    this.saver.touch();
  }

  answer(node: InstanceNode, text: string): void {
    if (node.value !== text) this.form.answer(node, text);
  }

  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode {
    return this.form.addRepeat(parent, repeat);
  }

  removeRepeat(instance: InstanceNode): () => void {
    const removed = this.form.removeRepeat(instance);
    return () => removed.restore();
  }

  async showLanguage(lang: Lang): Promise<boolean> {
    const available = this.#draft.form.languages;
    const chosen = closest(
      lang,
      available.map((language) => language.lang),
    );
    const language = available.find((candidate) => candidate.lang === chosen);
    const pack = language === undefined ? undefined : await this.#around.findPack(language);
    if (language === undefined || pack === undefined) return false;
    this.#draft = withLanguage(this.#draft, language);
    this.#pack.value = pack;
    this.form.useTexts(pack);
    this.#noteChange();
    return true;
  }

  saved(): Promise<boolean> {
    return this.saver.settled();
  }

  /** No more is written after this. */
  close(): void {
    this.saver.stop();
    this.#unsubscribe();
    this.#around.letGo();
  }

  #noteChange(): void {
    this.#changes.value += 1;
    this.saver.touch();
  }

  #write(): Promise<boolean> {
    this.#draft = {
      ...this.#draft,
      answersJson: this.form.draftJson(),
      shortTitle: shortTitle(this.form),
      changedAt: utcText(this.#around.clock.now()),
    };
    return this.#around.save(this.#draft);
  }
}
