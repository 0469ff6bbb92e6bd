/** What a thing in a list is called: the first answer given about it; until there is one, the name of the list and a number. */

import type { Interview } from '../../app/index.ts';
import { isShown, type ListPage } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { formatsOf } from '../../i18n/formats.ts';
import type { Said } from '../pieces/shown.tsx';
import { answerTexts } from '../questions/answer-texts.ts';
import { labelOf, liveForm, UNKNOWN_LANGUAGE } from '../questions/worded-form.ts';

export function instanceName(interview: Interview, list: ListPage, position: number): Said {
  const instance = list.instances[position - 1];
  const answered = instance && firstAnswered(instance);
  const [answer] = answered === undefined ? [] : answerTexts(interview, answered);
  if (answer !== undefined) return answer;
  const title = listTitle(interview, list);
  const lang = title.lang ?? UNKNOWN_LANGUAGE;
  const number = ` ${numberIn(lang, position)}`;
  const parts = [...(title.parts ?? [{ text: title.text, given: false }]), { text: number, given: false }];
  return { text: title.text + number, lang, parts };
}

/** In the digits of that language. */
export function numberIn(lang: string, count: number): string {
  return new Intl.NumberFormat(formatsOf({ lang })).format(count);
}

export function listTitle(interview: Interview, { parent, repeat, instances: [first] }: ListPage): Said {
  return labelOf(interview, first ?? liveForm(interview).wouldBe(parent, repeat));
}

function firstAnswered(node: InstanceNode): InstanceNode | undefined {
  if (isShown(node) && node.value !== '') return node;
  for (const child of node.children) {
    const found = firstAnswered(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
