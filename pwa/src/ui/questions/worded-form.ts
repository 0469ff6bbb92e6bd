/** A form with words to show it in: an open interview, or a finished response that is only read. */

import type { ReadonlySignal } from '@preact/signals';
import type { FileOutcome } from '../../app/index.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import type { Form, InstanceNode } from '../../formlogic/form.ts';
import type { Said } from '../pieces/shown.tsx';

export interface WordedForm {
  readonly form: Form;
  readonly pack: ReadonlySignal<TextPack>;
  /** The photo, recording or file that an answer names. */
  readFile(name: string): Promise<FileOutcome>;
  /** Absent where nothing can change any more. */
  readonly changes?: ReadonlySignal<number>;
}

/** Typed words and names of nodes carry the language '': nobody says in which language they are. */
export const UNKNOWN_LANGUAGE = '';

/**
 * The form, and a promise to be drawn again after each change of it. Nodes tell the truth when they are read but call nobody, and a
 * component that reads any signal is drawn again only for signals and new props: so whoever reads nodes reads the form through here.
 */
export function liveForm({ form, changes }: WordedForm): Form {
  changes?.value;
  return form;
}

/** A form may leave out a label, or give only a picture; then the name of the question has to do. */
export function labelOf(worded: WordedForm, node: InstanceNode): Said {
  const label = liveForm(worded).text(node, 'label', worded.pack.value);
  return label?.text ? label : { text: node.definition.name, lang: UNKNOWN_LANGUAGE };
}
