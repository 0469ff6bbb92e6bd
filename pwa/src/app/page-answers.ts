/** The answers on a page of the server, put into a form: what it carries of the pages before, and what stands in its fields. */

import type { NodeDefinition } from '../formlogic/definition.ts';
import type { Form, InstanceNode } from '../formlogic/form.ts';
import type { StoredLanguage } from '../store/schema.ts';
import type { VisitPage } from './visit-page.ts';

/** What is typed or chosen in the page's fields, by number of their question. */
export type GivenAnswers = ReadonlyMap<number, readonly string[]>;

/** What is kept of what was typed for a question. */
export type Stored = (definition: NodeDefinition, texts: readonly string[]) => string;

export interface PageAnswers {
  readonly page: VisitPage;
  readonly given: GivenAnswers;
  readonly stored: Stored;
  /** ISO 8601 UTC by this phone: the server drew the page then. '' when it was shown again from the history. */
  readonly drawnAt: string;
}

/** Puts what the fields hold into `form`, which has the page's other answers. True when that changed anything. */
export function giveFields(form: Form, { given, stored }: PageAnswers): boolean {
  let isChanged = false;
  for (const node of leavesOf(form.root)) {
    const texts = given.get(node.definition.number);
    const text = texts === undefined ? node.value : stored(node.definition, texts);
    if (text === node.value) continue;
    form.answer(node, text);
    isChanged = true;
  }
  return isChanged;
}

/** What of the page belongs into a draft: its fields always, its other answers where the draft has none or, with `isNewer`, others. */
export function newsOf(draft: Form, onPage: Form, { given }: PageAnswers, isNewer: boolean): [InstanceNode, string][] {
  return leavesOf(draft.root).flatMap((node): [InstanceNode, string][] => {
    const { number, control, calculate } = node.definition;
    const text = onPage.find(node.path)?.value ?? '';
    const isField = given.has(number);
    const isMissed = control !== undefined && calculate === undefined && text !== '' && (isNewer || node.value === '');
    return isField || isMissed ? [[node, text]] : [];
  });
}

/** The words that the page showed: also those of the form's own language, when they stood beneath. */
export function wordsShown({ form, shown, hasOriginals }: VisitPage): VisitPage['shown'] {
  const original = form.languages.find(({ lang }) => lang === form.defaultLang);
  const isMissing = hasOriginals && original !== undefined && !shown.some(([lang]) => lang === original.lang);
  return isMissing ? [...shown, wordsOf(original)] : shown;
}

function wordsOf({ lang, texts }: StoredLanguage): readonly [string, string] {
  return [lang, texts];
}

function leavesOf(node: InstanceNode): readonly InstanceNode[] {
  return node.definition.kind === 'leaf' ? [node] : node.children.flatMap(leavesOf);
}
