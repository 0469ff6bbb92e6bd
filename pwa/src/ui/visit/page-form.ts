/** The server's form as it stands on the page. */

import type { GivenAnswers } from '../../app/index.ts';
import type { NodeDefinition } from '../../formlogic/definition.ts';
import { asciiDecimal } from '../questions/decimals.ts';
import { asciiNumber } from '../questions/digits.ts';

const QUESTION = /^q(\d+)$/;
/** What is typed for these can be kept as it is, or as digits; dates and the like are read by the server. */
const TYPED = ['string', 'int', 'decimal'];

/** What was pressed: the value of a button named `go`; Enter in a field is Continue. */
export function pressed(event: SubmitEvent): string {
  const { submitter } = event;
  return submitter instanceof HTMLButtonElement && submitter.name === 'go' ? submitter.value : 'continue';
}

/** Undefined when there is a field that only the server can read. A question of which nothing is chosen has no texts. */
export function answersIn(
  form: HTMLFormElement,
  definitions: ReadonlyMap<number, NodeDefinition>,
  go: string,
): GivenAnswers | undefined {
  const given = new Map<number, string[]>();
  for (const field of Array.from(form.elements)) {
    const number = Number(QUESTION.exec(nameOf(field))?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    const definition = definitions.get(number);
    if (definition === undefined || !isReadable(definition)) return undefined;
    const texts = given.get(number) ?? [];
    given.set(number, texts);
    const text = textIn(field);
    if (text !== undefined) texts.push(text);
  }
  // `clear:7` takes the answer of question 7 back.
  if (go.startsWith('clear:')) given.set(Number(go.slice('clear:'.length)), []);
  return given;
}

/** What is kept of what was typed or chosen: digits of any script as ASCII, several choices in the order of their list. */
export function storedText({ type, control, appearance }: NodeDefinition, texts: readonly string[]): string {
  const [text = ''] = texts;
  if (control !== 'input') return texts.filter((chosen) => chosen !== '').join(' ');
  if (type === 'decimal') return asciiDecimal(text);
  return type === 'int' || appearance.split(' ').includes('numbers') ? asciiNumber(text) : text.replace(/\r\n/g, '\n');
}

/** Let the server have it after all, with the same button. */
export function sendOn(form: HTMLFormElement, go: string): void {
  const button = document.createElement('input');
  button.type = 'hidden';
  button.name = 'go';
  button.value = go;
  button.dataset['sent'] = 'yes';
  form.append(button);
  // Not requestSubmit: that would be caught again.
  form.submit();
}

/** The page is here again as it was when it was sent. */
export function takeSentBack(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll('[data-sent]')) button.remove();
}

function isReadable({ control, type }: NodeDefinition): boolean {
  return control === 'select' || control === 'select1' || (control === 'input' && TYPED.includes(type));
}

function nameOf(field: Element): string {
  return field.getAttribute('name') ?? '';
}

/** Undefined: a mark that is not set. */
function textIn(field: Element): string | undefined {
  if (field instanceof HTMLInputElement)
    return (field.type === 'radio' || field.type === 'checkbox') && !field.checked ? undefined : field.value;
  return field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement ? field.value : undefined;
}
