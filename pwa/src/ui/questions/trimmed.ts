/** Keyboards of phones put a space behind a word that they have finished: what is kept of words has none at its ends. */

import { useEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';

/** When a field is left, and at the latest when a person goes on: some phones leave no field for the press of a button. */
export function useTrimming(interview: Interview): void {
  useEffect(() => {
    const trim = (): void => trimTyped(interview);
    const leave = ({ target }: Event): void => {
      // Whoever only looks at another app goes on typing behind that space.
      if (target !== document.activeElement) trim();
    };
    document.addEventListener('focusout', leave);
    document.addEventListener('submit', trim, true);
    return () => {
      document.removeEventListener('focusout', leave);
      document.removeEventListener('submit', trim, true);
    };
  }, [interview]);
}

type Typing = Pick<Interview, 'answered' | 'answer'> & { readonly form: Pick<Interview['form'], 'root'> };

/** What was typed since it was opened, and is still asked: whoever only looks at what is there changes nothing of it. */
export function trimTyped(interview: Typing): void {
  // Nothing is searched as long as nothing was answered.
  if (interview.answered.size > 0) trimBelow(interview, interview.form.root);
}

function trimBelow(interview: Typing, node: InstanceNode): void {
  const text = node.value.trim();
  if (text !== node.value && interview.answered.has(node) && isTyped(node)) interview.answer(node, text);
  for (const child of [...node.children]) trimBelow(interview, child);
}

function isTyped({ definition, relevant, readonly }: InstanceNode): boolean {
  const { control, type, calculate } = definition;
  return control === 'input' && type === 'string' && calculate === undefined && relevant && !readonly;
}
