/** What is wrong with an answer and how to mend it: in the form's own words where it has some, else in ours. */

import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import type { Said } from '../pieces/shown.tsx';
import { liveForm, type WordedForm } from './worded-form.ts';

export function problemText(words: Words, worded: WordedForm, node: InstanceNode): Said {
  const own =
    node.problem === 'required' ? 'required_message' : node.problem === 'constraint' ? 'constraint_message' : undefined;
  const said = own && liveForm(worded).text(node, own, worded.pack.value);
  return said ?? { text: ourWords(words, node) };
}

function ourWords({ t }: Words, node: InstanceNode): string {
  switch (node.problem) {
    case 'type':
      return typeWords(t, node.definition.type);
    case 'choice':
      return t('Choose one of the answers shown here.');
    case 'constraint':
      return t('This answer does not fit the question. Look at it again.');
    case 'required':
    case undefined:
      return t('Answer this question to go on.');
  }
}

function typeWords(t: Words['t'], type: string): string {
  switch (type) {
    case 'int':
      return t('Write a whole number, such as 12.');
    case 'geopoint':
      return t('Write the position as two numbers, such as 51.53 and -0.03.');
    default:
      return t('This answer does not fit the question. Look at it again.');
  }
}
