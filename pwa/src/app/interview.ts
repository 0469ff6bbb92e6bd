/** One open interview: the engine's live form, its words, and saving. Only one is open at a time; drafts are many. */

import type { ReadonlySignal } from '@preact/signals';
import type { NodeDefinition, TextPack } from '../formlogic/definition.ts';
import type { Form, InstanceNode, Problem } from '../formlogic/form.ts';
import type { FormLanguage, Lang } from './state.ts';

/**
 * `saved`: every keystroke so far is durable. `saving`: a write is under way or about to be.
 * `failed`: the last write failed; it is tried again with the next change and every few seconds. Say so plainly.
 * Mirrored as `document.documentElement.dataset.saved` = 'yes' | 'no'.
 */
export type SaveState = 'saved' | 'saving' | 'failed';

export interface Interview {
  readonly responseId: string;
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
  goTo(position: string): void;
  answer(node: InstanceNode, text: string): void;
  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode;
  /** Returns how to undo it: offer that for a while. */
  removeRepeat(instance: InstanceNode): () => void;
  /** Show another language; fetches its words first when they are not here. False: not here and no network, nothing changed. */
  showLanguage(lang: Lang): Promise<boolean>;
  /** Resolves when everything so far is durable; false when it could not be written. */
  saved(): Promise<boolean>;
}
