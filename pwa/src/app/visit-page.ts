/** What the server wrote into its page of a poster, parsed at the border: whose poster, which form, and how far the person is. */

import type { StoredForm } from '../store/schema.ts';
import { type Fields, fieldsOf, listOf, parseJson, textOf } from '../sync/shape.ts';
import { readManifest } from './manifest.ts';

/** Who asks, and where. Kept on the phone, so that it can be said without a connection. */
export interface Poster {
  /** In its address. */
  readonly code: string;
  readonly poster: string;
  readonly venue: string;
  readonly programme: string;
  readonly contact: string;
  /** Whom to ask about one's answers. */
  readonly privacyContact: string;
  readonly neighbourhood: { readonly id: string; readonly name: string };
  readonly formId: string;
  /** Of its form, those of the poster first. */
  readonly languages: readonly string[];
}

export interface VisitPage {
  readonly poster: Poster;
  readonly form: StoredForm;
  /** Address of the page that is shown, or of a check. */
  readonly page: string;
  readonly response: string;
  /** ISO 8601 with offset. */
  readonly begun: string;
  readonly lang: string;
  /** Sha256 of the pack by language, of every language shown so far. */
  readonly shown: readonly (readonly [lang: string, texts: string])[];
  /** JSON text, as a draft keeps it. */
  readonly answersJson: string;
  /** The words of the form's own language stand beneath those that no person has checked. */
  readonly hasOriginals: boolean;
}

/** Undefined when it is not such a page: then the server goes on by itself. */
export function readVisitPage(text: string): VisitPage | undefined {
  const fields = fieldsOf(parseJson(text));
  const state = fieldsOf(fields.get('state'));
  const form = readManifest({ forms: [fields.get('form')] })?.forms[0];
  const poster = form && readPoster(fields, form);
  const response = textOf(state.get('response'));
  const lang = textOf(state.get('lang'));
  const page = textOf(fields.get('page'));
  if (form === undefined || poster === undefined) return undefined;
  if (response === undefined || lang === undefined || page === undefined) return undefined;
  return {
    poster,
    form,
    page,
    response,
    begun: textOf(state.get('begun')) ?? '',
    lang,
    shown: shownIn(fieldsOf(state.get('shown'))),
    answersJson: JSON.stringify(state.get('answers') ?? {}),
    hasOriginals: fieldsOf(fields.get('originals')).size > 0,
  };
}

function readPoster(fields: Fields, form: Pick<StoredForm, 'id' | 'languages'>): Poster | undefined {
  const code = textOf(fields.get('code'));
  const poster = textOf(fields.get('poster'));
  const programme = fieldsOf(fields.get('programme'));
  const neighbourhood = fieldsOf(fields.get('neighbourhood'));
  const id = textOf(neighbourhood.get('id'));
  if (code === undefined || poster === undefined || id === undefined) return undefined;
  return {
    code,
    poster,
    formId: form.id,
    languages: form.languages.map(({ lang }) => lang),
    venue: textOf(fields.get('venue')) ?? '',
    programme: textOf(programme.get('name')) ?? '',
    contact: textOf(programme.get('contact')) ?? '',
    privacyContact: textOf(programme.get('privacy_contact')) ?? '',
    neighbourhood: { id, name: textOf(neighbourhood.get('name')) ?? id },
  };
}

function shownIn(shown: Fields): VisitPage['shown'] {
  return [...shown].flatMap(([lang, texts]) => (typeof texts === 'string' ? [[lang, texts] as const] : []));
}

/** As it is kept in settings: what `readKeptPosters` reads. */
export function keptPoster(poster: Poster): unknown {
  const { programme: name, contact, privacyContact: privacy_contact, ...rest } = poster;
  return { ...rest, programme: { name, contact, privacy_contact } };
}

export function readKeptPosters(value: unknown): readonly Poster[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const fields = fieldsOf(entry);
    const languages = listOf(fields.get('languages'), textOf);
    const poster = readPoster(fields, { id: textOf(fields.get('formId')) ?? '', languages: [] });
    return poster === undefined ? [] : { ...poster, languages };
  });
}
