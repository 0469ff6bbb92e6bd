/** What the list calls that which came to no interview: what happened, and the language wished for, in the words that were seen. */

import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { shortened } from './drafts.ts';

/** The form that counts it. */
export const NO_INTERVIEW = 'no_interview';

export const OUTCOME = '/data/outcome';
export const WISHED_LANGUAGE = '/data/wished_language';

export function outcomeTitle(engine: Form, pack: TextPack): string {
  return shortened([OUTCOME, WISHED_LANGUAGE].flatMap((path) => chosenAt(path, engine, pack)).join(' – '));
}

function chosenAt(path: string, engine: Form, pack: TextPack): readonly string[] {
  const node = engine.find(path);
  if (node === undefined || !node.relevant || node.value === '') return [];
  const chosen = engine.choices(node, pack).find(({ value }) => value === node.value);
  return chosen === undefined ? [] : [chosen.label.text];
}
