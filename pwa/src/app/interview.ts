/** One open interview: the engine's live form, its words, and saving. Only one is open at a time; drafts are many. */

import type { ReadonlySignal } from '@preact/signals';
import type { NodeDefinition, TextPack } from '../formlogic/definition.ts';
import type { Form, InstanceNode, Problem } from '../formlogic/form.ts';
import type { StoredDraft } from '../store/schema.ts';
import type { FormLanguage, Lang } from './state.ts';

/**
 * `saved`: every keystroke so far is durable. `saving`: a write is under way or about to be.
 * `failed`: the last write failed; it is tried again with the next change and every few seconds. Say so plainly.
 * Mirrored as `document.documentElement.dataset.saved` = 'yes' | 'no'.
 */
export type SaveState = 'saved' | 'saving' | 'failed';

/** A picture, recording or file as bytes. `type`: `image/jpeg`. */
export interface StoredFile {
  readonly content: ArrayBuffer;
  readonly type: string;
}

/** What a person took or chose. `givenName`: what their device calls it, '' when it was just taken. */
export interface GivenFile extends StoredFile {
  readonly givenName: string;
}

/** `damaged`: what the disk gives back is not what was put there. `not-now`: that part of the app is not on this phone yet. */
export type FileOutcome =
  | { readonly kind: 'here'; readonly file: GivenFile }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'not-now' };

/**
 * Save for `attached`, nothing has changed. `unreadable`: it did not come, or this browser cannot read it.
 * `not-now`: that part of the app is not on this phone yet.
 */
export type AttachOutcome = 'attached' | 'unreadable' | 'too-large' | 'too-many' | 'not-saved' | 'not-now';

export interface Interview {
  readonly responseId: string;
  /** As it would be written now. */
  readonly draft: Pick<StoredDraft, 'form'>;
  readonly formId: string;
  /** The engine's live form. Read it freely; change it only through the methods below, so that changes are saved. */
  readonly form: Form;
  /** Counts up with every change of the form, of its words or of relevance: read `.value` in a component to be drawn again. */
  readonly changes: ReadonlySignal<number>;
  readonly saveState: ReadonlySignal<SaveState>;
  /** The languages of this response's form version. */
  readonly languages: readonly FormLanguage[];
  /** The words shown now: hand `pack.value` to `form.text` and `form.choices`; `pack.value.lang` is the language. */
  readonly pack: ReadonlySignal<TextPack>;
  /** Where in the form the person is; the screens choose the words for it ('' = the start). Saved with the draft. */
  readonly position: ReadonlySignal<string>;
  /** What stops it from being finalised, in node order; brought up to date with every change. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  /** What was answered with `answer` since it was opened, this time. */
  readonly answered: ReadonlySet<InstanceNode>;
  goTo(position: string): void;
  answer(node: InstanceNode, text: string): void;
  /**
   * Answer with a file: its bytes and the answer that names it are on disk together when this resolves. It may still be on its
   * way: the interview is neither closed nor finished before it has come.
   */
  attach(node: InstanceNode, coming: Promise<GivenFile | undefined>): Promise<AttachOutcome>;
  /** The file that an answer names. Clear an answer, or put its name back, with `answer`: the bytes stay until the end. */
  readFile(name: string): Promise<FileOutcome>;
  /**
   * Blank questions that want to know where the phone is, when this interview was begun just now: ask it once, in the
   * background, and answer them.
   */
  readonly positionsToAsk: readonly InstanceNode[];
  /** The first question is on the screen: now there is time for pictures and sounds that go with the next ones. */
  fetchMedia(): void;
  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode;
  /** Returns how to undo it: offer that for a while. */
  removeRepeat(instance: InstanceNode): () => void;
  /**
   * Show another language; fetches its words first when they are not here. False: not here and no network, nothing changed.
   * True as well when yet another one was asked for meanwhile: that one is shown.
   */
  showLanguage(lang: Lang): Promise<boolean>;
  /** Resolves when everything so far is durable; false when it could not be written. */
  saved(): Promise<boolean>;
}
