/** Drafts as values: begun, moved on, named. */

import type { Form, InstanceNode } from '../formlogic/form.ts';
import type { StoredDraft, StoredForm, StoredLanguage } from '../store/schema.ts';

/** Longest short title, in characters. */
export const SHORT_TITLE_LENGTH = 60;

interface Beginning {
  readonly id: string;
  readonly form: StoredForm;
  readonly language: StoredLanguage;
  readonly engine: Form;
  readonly at: string;
}

export function newDraft({ id, form, language, engine, at }: Beginning): StoredDraft {
  return {
    id,
    form,
    lang: language.lang,
    shown: [[language.lang, language.texts]],
    position: '',
    answersJson: engine.draftJson(),
    shortTitle: shortTitle(engine),
    begunAt: at,
    changedAt: at,
  };
}

/** The draft after a language was shown: each language is pinned once, with the words that were seen. */
export function withLanguage(draft: StoredDraft, language: StoredLanguage): StoredDraft {
  const known = draft.shown.some(([lang]) => lang === language.lang);
  return {
    ...draft,
    lang: language.lang,
    shown: known ? draft.shown : [...draft.shown, [language.lang, language.texts]],
  };
}

/** The first words that a person typed: enough to tell one draft from another. */
export function shortTitle(engine: Form): string {
  const words = firstTyped(engine.root)?.trim().replace(/\s+/g, ' ') ?? '';
  return Array.from(words).slice(0, SHORT_TITLE_LENGTH).join('');
}

function firstTyped(node: InstanceNode): string | undefined {
  const { control, type, calculate } = node.definition;
  const typed = control === 'input' && type === 'string' && calculate === undefined && node.value !== '';
  if (typed && node.relevant) return node.value;
  for (const child of node.children) {
    const found = firstTyped(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
