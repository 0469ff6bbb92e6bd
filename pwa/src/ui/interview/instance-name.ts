/** What a thing in a list is called: the first answer given about it; until there is one, the name of the list and a number. */

import type { Interview } from '../../app/index.ts';
import { isShown, type ListPage } from '../../app/pages.ts';
import type { InstanceNode, ShownText } from '../../formlogic/form.ts';
import { answerTexts } from '../questions/answer-texts.ts';
import { liveForm } from '../questions/worded-form.ts';

export function instanceName(interview: Interview, list: ListPage, position: number): ShownText {
  const instance = list.instances[position - 1];
  const answered = instance && firstAnswered(instance);
  const [answer] = answered === undefined ? [] : answerTexts(interview, answered);
  if (answer !== undefined) return answer;
  const title = listTitle(interview, list);
  return { text: `${title.text} ${numberIn(title.lang, position)}`, lang: title.lang };
}

/** In the digits of that language. */
export function numberIn(lang: string, count: number): string {
  return new Intl.NumberFormat(lang === '' ? undefined : lang).format(count);
}

/** The label of a repeat; one without instances has no node that could be asked, and so only its written words. */
export function listTitle(interview: Interview, { repeat, instances: [first] }: ListPage): ShownText {
  const pack = interview.pack.value;
  const asked = first && liveForm(interview).text(first, 'label', pack);
  if (asked !== undefined) return asked;
  const written = repeat.texts.label === undefined ? undefined : pack.texts.get(repeat.texts.label);
  const text = written?.parts.filter((part) => typeof part === 'string').join('…');
  return { text: text ?? repeat.name, lang: written?.lang ?? pack.lang };
}

function firstAnswered(node: InstanceNode): InstanceNode | undefined {
  if (isShown(node) && node.value !== '') return node;
  for (const child of node.children) {
    const found = firstAnswered(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
