/** What is wrong with an answer and how to mend it: in the form's own words where it has some, else in ours. */

import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import type { Said } from '../pieces/shown.tsx';
import { liveForm, type WordedForm } from './worded-form.ts';

export function problemText(words: Words, worded: WordedForm, node: InstanceNode): Said {
  // Whatever is wrong now: what is wrong next may be something else.
  const form = liveForm(worded);
  const own =
    node.problem === 'required' ? 'required_message' : node.problem === 'constraint' ? 'constraint_message' : undefined;
  const said = own && form.text(node, own, worded.pack.value);
  return said ?? { text: ourWords(words, node) };
}

function ourWords({ t }: Words, node: InstanceNode): string {
  switch (node.problem) {
    case 'type':
      return typeWords(t, node.definition.type);
    case 'choice':
      return node.definition.control === 'rank'
        ? t('The things to put in order have changed. Look at the order again.')
        : t('Choose one of the answers shown here.');
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
    case 'decimal':
      return t('Write a number, such as 12.5. Write 1200, not 1,200.');
    case 'date':
      return t('Give a real date: the day, the month, and a year such as 2026.');
    case 'time':
      return t('Give a time, such as 14:30.');
    case 'dateTime':
      return t('Give a real date and a time.');
    case 'geopoint':
      return t('Write the position as two numbers, such as 51.53 and -0.03.');
    default:
      return t('This answer does not fit the question. Look at it again.');
  }
}
