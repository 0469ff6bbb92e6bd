/** An answer in words, as a person would say it: the labels of choices, a position, else what was typed. */

import type { TextPack } from '../../formlogic/definition.ts';
import type { Form, InstanceNode } from '../../formlogic/form.ts';
import type { Said } from '../pieces/shown.tsx';
import { liveForm, UNKNOWN_LANGUAGE, type WordedForm } from './worded-form.ts';

/** Several for a question with several choices; none when it is blank. */
export function answerTexts(worded: WordedForm, node: InstanceNode): readonly Said[] {
  const form = liveForm(worded);
  const { pack } = worded;
  if (node.value === '') return [];
  const { control, type } = node.definition;
  if (control === 'select1') return chosen(form, pack.value, node, [node.value]);
  if (control === 'select') return chosen(form, pack.value, node, node.value.split(' '));
  if (type === 'geopoint') return [{ text: positionText(node.value), lang: UNKNOWN_LANGUAGE }];
  return [{ text: node.value, lang: UNKNOWN_LANGUAGE }];
}

/** A choice that is no longer offered is shown by what is stored, not left out. */
function chosen(form: Form, pack: TextPack, node: InstanceNode, values: readonly string[]): readonly Said[] {
  const labels = new Map(form.choices(node, pack).map((choice) => [choice.value, choice.label]));
  return values
    .filter((value) => value !== '')
    .map((value) => labels.get(value) ?? { text: value, lang: UNKNOWN_LANGUAGE });
}

function positionText(value: string): string {
  const [latitude = '', longitude = ''] = value.split(' ');
  return longitude === '' ? value : `${latitude}, ${longitude}`;
}
