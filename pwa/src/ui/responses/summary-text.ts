/** A response as plain words, to be given to another app: its questions and answers, without those about the person. */

import { isShown, partOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { answerTexts } from '../questions/answer-texts.ts';
import { labelOf, type WordedForm } from '../questions/worded-form.ts';

export function summaryText(worded: WordedForm): string {
  const parts = worded.form.root.children.filter((node) => partOf(node.definition) === 'main');
  return parts.flatMap((node) => linesOf(worded, node)).join('\n');
}

function linesOf(worded: WordedForm, node: InstanceNode): readonly string[] {
  if (!node.relevant) return [];
  if (node.definition.kind !== 'leaf') return node.children.flatMap((child) => linesOf(worded, child));
  // Of a photo there is only a name of ours, which says nothing.
  if (!isShown(node) || node.definition.control === 'upload') return [];
  const answers = answerTexts(worded, node).map(({ text }) => text);
  return answers.length === 0 ? [] : [`${labelOf(worded, node).text} ${answers.join(', ')}`];
}
