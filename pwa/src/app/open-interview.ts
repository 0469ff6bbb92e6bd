/** The one interview that is open: joins the engine, the words and the saver. See interview.ts for what it promises. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { NodeDefinition, TextPack } from '../formlogic/definition.ts';
import type { Form, InstanceNode, Problem } from '../formlogic/form.ts';
import { closest, type Lang } from '../i18n/languages.ts';
import type { LatestDraft } from '../store/apart.ts';
import type { StoredAttachment, StoredDraft, StoredLanguage } from '../store/schema.ts';
import { shortTitle, touched, withAttachment, withLanguage, withWords } from './drafts.ts';
import type { FileDoor } from './file-door.ts';
import { formLanguage } from './forms.ts';
import type { AttachOutcome, FileOutcome, GivenFile, Interview, SaveState } from './interview.ts';
import { utcText } from './moments.ts';
import { MOST_FILE_BYTES, MOST_FILES, namedFiles, referenceTo } from './named-files.ts';
import { Saver } from './saver.ts';
import type { FormLanguage } from './state.ts';

interface Surroundings {
  readonly environment: Environment;
  readonly form: Form;
  readonly pack: TextPack;
  /** Names of the logics and packs on this phone. */
  readonly here: ReadonlySignal<ReadonlySet<string>>;
  /** `isNew`: begun just now; else it was begun before, and is gone on with. */
  readonly isNew: boolean;
  /** Together with the files that came since the last save. */
  readonly save: (draft: StoredDraft, attachments: readonly StoredAttachment[]) => Promise<boolean>;
  readonly files: FileDoor;
  /** The words of a language, from here or from the server; undefined when neither has them now. */
  readonly findPack: (language: StoredLanguage) => Promise<TextPack | undefined>;
  readonly letGo: () => void;
}

export class OpenInterview implements Interview {
  readonly form: Form;
  readonly problems: ReadonlySignal<readonly Problem[]>;
  readonly saver: Saver;
  readonly positionsToAsk: readonly InstanceNode[];
  readonly answered: Set<InstanceNode> = new Set();
  readonly #changes: Signal<number> = signal(0);
  readonly #pack: Signal<TextPack>;
  readonly #position: Signal<string>;
  readonly #around: Surroundings;
  readonly #unsubscribe: () => void;
  #draft: StoredDraft;
  /** The language asked for last: what was asked for before and comes after it is too late. */
  #asked = '';
  #unwritten: readonly StoredAttachment[] = [];
  /** Files on their way: nothing is closed or finished before they are here. */
  #attaching: Promise<unknown> = Promise.resolve();

  constructor(draft: StoredDraft, around: Surroundings) {
    this.#draft = draft;
    this.#around = around;
    this.form = around.form;
    this.#pack = signal(around.pack);
    this.#position = signal(draft.position);
    this.positionsToAsk = around.isNew ? around.form.positionsToAsk() : [];
    this.saver = new Saver({ clock: around.environment.clock, write: () => this.#write() });
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
    if (node.value === text) return;
    // One without a control is answered by the phone: where it is, as the interview begins.
    if (node.definition.control !== undefined) this.#draft = touched(this.#draft);
    this.answered.add(node);
    this.form.answer(node, text);
  }

  attach(node: InstanceNode, coming: Promise<GivenFile | undefined>): Promise<AttachOutcome> {
    const attaching = this.#attach(node, coming);
    this.#attaching = Promise.all([this.#attaching, attaching]);
    return attaching;
  }

  async readFile(name: string): Promise<FileOutcome> {
    const { id, attachments = [] } = this.#draft;
    const files = await this.#around.files.open();
    return files?.readFile(name, { responseId: id, files: attachments }) ?? { kind: 'not-now' };
  }

  fetchMedia(): void {
    void this.#around.files.open().then((files) => files?.media.fetchFor(this.#pack.peek()));
  }

  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode {
    this.#draft = touched(this.#draft);
    return this.form.addRepeat(parent, repeat);
  }

  removeRepeat(instance: InstanceNode): () => void {
    this.#draft = touched(this.#draft);
    const removed = this.form.removeRepeat(instance);
    return () => removed.restore();
  }

  async showLanguage(lang: Lang): Promise<boolean> {
    this.#asked = lang;
    const available = this.#draft.form.languages;
    const chosen = closest(
      lang,
      available.map((language) => language.lang),
    );
    const language = available.find((candidate) => candidate.lang === chosen);
    const pack = language === undefined ? undefined : await this.#around.findPack(language);
    if (this.#asked !== lang) return true;
    if (language === undefined || pack === undefined) return false;
    this.#draft = withLanguage(this.#draft, language);
    this.#pack.value = pack;
    this.form.useTexts(pack);
    this.#noteChange();
    this.fetchMedia();
    return true;
  }

  noteOriginal(language: StoredLanguage): void {
    this.#draft = withWords(this.#draft, language);
    this.saver.touch();
  }

  async saved(): Promise<boolean> {
    await this.#attaching;
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

  async #attach(node: InstanceNode, coming: Promise<GivenFile | undefined>): Promise<AttachOutcome> {
    const file = await coming.catch(() => undefined);
    if (file === undefined) return 'unreadable';
    if (file.content.byteLength > MOST_FILE_BYTES) return 'too-large';
    const files = await this.#around.files.open();
    if (files === undefined) return 'not-now';
    if (!(await files.room.makeRoomFor(file.content.byteLength))) return 'not-saved';
    const attachment = await files.newAttachment(file, this.responseId);
    const draft = withAttachment(touched(this.#draft), referenceTo(attachment));
    if (namedFiles(this.form, this.#draft.attachments ?? []).length >= MOST_FILES) return 'too-many';
    const [before, previous] = [this.#draft.attachments, node.value];
    this.#draft = draft;
    this.#unwritten = [...this.#unwritten, attachment];
    this.form.answer(node, attachment.name);
    this.#noteChange();
    const saved = await this.saver.settled();
    void files.room.look();
    if (saved) return 'attached';
    this.#takeBack(attachment, before);
    if (node.value === attachment.name) this.form.answer(node, previous);
    return 'not-saved';
  }

  /** A file for which there is no room must not keep the answers from being saved. */
  #takeBack(attachment: StoredAttachment, before: StoredDraft['attachments']): void {
    this.#unwritten = this.#unwritten.filter((other) => other !== attachment);
    const { attachments: _, ...draft } = this.#draft;
    this.#draft = before === undefined ? draft : { ...draft, attachments: before };
  }

  /** As it is to be written now. */
  latest(): LatestDraft {
    this.#draft = {
      ...this.#draft,
      answersJson: this.form.draftJson(),
      shortTitle: shortTitle(this.form),
      changedAt: utcText(this.#around.environment.clock.now()),
    };
    return { draft: this.#draft, files: this.#unwritten };
  }

  async #write(): Promise<boolean> {
    const { draft, files } = this.latest();
    const written = await this.#around.save(draft, files);
    if (written) this.#unwritten = this.#unwritten.filter((file) => !files.includes(file));
    return written;
  }
}
