/** Drafts as values: begun, moved on, named. */

import type { Form, InstanceNode } from '../formlogic/form.ts';
import type { AttachmentReference, StoredDraft, StoredForm, StoredLanguage } from '../store/schema.ts';
import type { Credentials } from './enrolment.ts';

/** Longest short title, in characters. */
export const SHORT_TITLE_LENGTH = 60;

interface Beginning {
  readonly id: string;
  readonly form: StoredForm;
  readonly language: StoredLanguage;
  readonly engine: Form;
  readonly at: string;
  readonly credentials: Credentials | undefined;
}

export function newDraft({ id, form, language, engine, at, credentials }: Beginning): StoredDraft {
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
    untouched: true,
    ...(credentials && { neighbourhood: credentials.neighbourhood.id }),
    ...(credentials?.worker && { worker: credentials.worker }),
  };
}

/** The draft after a person has answered something, or taken an answer back: from now on it is kept. */
export function touched({ untouched: _, ...draft }: StoredDraft): StoredDraft {
  return draft;
}

/** The draft after a language was shown: each language is pinned once, with the words that were seen. */
export function withLanguage(draft: StoredDraft, language: StoredLanguage): StoredDraft {
  return { ...withWords(draft, language), lang: language.lang };
}

/** The draft after a language's words were seen beneath those of another. */
export function withWords(draft: StoredDraft, { lang, texts }: StoredLanguage): StoredDraft {
  const isKnown = draft.shown.some(([shown]) => shown === lang);
  return isKnown ? draft : { ...draft, shown: [...draft.shown, [lang, texts]] };
}

/** The draft after a file was given: the same file given twice is one. */
export function withAttachment(draft: StoredDraft, file: AttachmentReference): StoredDraft {
  const others = (draft.attachments ?? []).filter(({ name }) => name !== file.name);
  return { ...draft, attachments: [...others, file] };
}

/** The first words that a person typed: enough to tell one draft from another. An ellipsis stands for what is cut off. */
export function shortTitle(engine: Form): string {
  return shortened(firstTyped(engine.root)?.trim().replace(/\s+/g, ' ') ?? '');
}

export function shortened(words: string): string {
  const letters = Array.from(words);
  if (letters.length <= SHORT_TITLE_LENGTH) return words;
  return `${letters
    .slice(0, SHORT_TITLE_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}

function firstTyped(node: InstanceNode): string | undefined {
  const { name, control, type, calculate } = node.definition;
  // What somebody says about themselves is no name for a list.
  if (name === 'equality') return undefined;
  const typed = control === 'input' && type === 'string' && calculate === undefined && node.value !== '';
  if (typed && node.relevant) return node.value;
  for (const child of node.children) {
    const found = firstTyped(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
