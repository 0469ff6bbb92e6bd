/** An answer in words, as a person would say it: the labels of choices, a date, a position, else what was typed. */

import type { NodeDefinition } from '../../formlogic/definition.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { numberText } from '../pieces/number-text.ts';
import type { Said } from '../pieces/shown.tsx';
import { hasAppearance } from './appearance.ts';
import { dateTimeWords, dateWords, timeWords } from './moment-words.ts';

import { liveForm, UNKNOWN_LANGUAGE, type WordedForm } from './worded-form.ts';

/** Several for a question with several choices; none when it is blank. */
export function answerTexts(worded: WordedForm, node: InstanceNode): readonly Said[] {
  liveForm(worded);
  if (node.value === '') return [];
  const { control, type } = node.definition;
  if (control === 'rank') return chosenOf(worded, node).map(({ label }, index) => numbered(label, index + 1));
  if (control === 'select1' || control === 'select') return chosenOf(worded, node).map(({ label }) => label);
  const { lang } = worded.pack.value;
  const words = inWords(node, lang);
  if (words !== undefined && words !== node.value) return [{ text: words, lang }];
  return [{ text: type === 'geopoint' ? positionText(node.value) : node.value, lang: UNKNOWN_LANGUAGE }];
}

export interface Chosen {
  readonly value: string;
  readonly label: Said;
}

/** A choice that is no longer offered is shown by what is stored, not left out. Of long lists only what is chosen is put in words. */
export function chosenOf(worded: WordedForm, node: InstanceNode): readonly Chosen[] {
  const isOne = node.definition.control === 'select1';
  const values = (isOne ? [node.value] : node.value.split(' ')).filter((value) => value !== '');
  if (values.length === 0) return [];
  const wanted = new Set(values);
  const offered = liveForm(worded)
    .choices(node, worded.pack.value)
    .filter(({ value }) => wanted.has(value));
  // Of two with the same value the first counts.
  const labels = new Map([...offered].reverse().map((choice) => [choice.value, choice.label]));
  return values.map((value) => ({ value, label: labels.get(value) ?? { text: value, lang: UNKNOWN_LANGUAGE } }));
}

/** Undefined where an answer is said as it is stored. */
function inWords({ value, definition }: InstanceNode, lang: string): string | undefined {
  switch (definition.type) {
    case 'int':
    case 'decimal':
      return numberText(value, lang);
    case 'date':
      return dateWords(value, lang, dateShape(definition));
    case 'time':
      return timeWords(value, lang);
    case 'dateTime':
      return dateTimeWords(value, lang);
    default:
      return undefined;
  }
}

function dateShape(definition: NodeDefinition): 'day' | 'month' | 'year' {
  if (hasAppearance(definition, 'year')) return 'year';
  return hasAppearance(definition, 'month-year') ? 'month' : 'day';
}

function numbered({ text, lang = UNKNOWN_LANGUAGE, parts }: Said, place: number): Said {
  const number = `${numberText(String(place), lang)}. `;
  return { text: number + text, lang, parts: [{ text: number, given: false }, ...(parts ?? [{ text, given: false }])] };
}

/** Degrees with 5 decimals tell places about a metre apart; what stands behind them says more than anybody knows. */
export function positionText(value: string): string {
  const [latitude = '', longitude = ''] = value.split(' ');
  return longitude === '' ? value : `${inDegrees(latitude)}, ${inDegrees(longitude)}`;
}

function inDegrees(decimal: string): string {
  return /^-?\d+\.\d+$/.test(decimal) ? String(Number(Number(decimal).toFixed(5))) : decimal;
}
