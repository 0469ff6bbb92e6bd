/** The server's list of forms, and of languages that the team has added, parsed at the border. */

import type { Offered } from '../store/forms.ts';
import type { StoredForm, StoredLanguage, StoredList, StoredSpoken, StoredWords } from '../store/schema.ts';
import { fieldsOf, listOf, textOf } from '../sync/shape.ts';

/** Undefined when it is not a manifest. An entry that cannot be read is left out: the others can be used. */
export function readManifest(value: unknown): Offered | undefined {
  const fields = fieldsOf(value);
  const forms = fields.get('forms');
  if (!Array.isArray(forms)) return undefined;
  return { forms: listOf(forms, readForm), words: listOf(fields.get('words'), readWords) };
}

function readWords(value: unknown): StoredWords | undefined {
  const fields = fieldsOf(value);
  const lang = textOf(fields.get('lang'));
  const sha256 = textOf(fields.get('sha256'));
  if (lang === undefined || sha256 === undefined) return undefined;
  const formatsLike = textOf(fields.get('formats_like'));
  return {
    lang,
    sha256,
    autonym: textOf(fields.get('autonym')) ?? lang,
    direction: fields.get('direction') === 'rtl' ? 'rtl' : 'ltr',
    draft: fields.get('state') !== 'reviewed',
    ...(formatsLike === undefined ? {} : { formatsLike }),
  };
}

function readForm(value: unknown): StoredForm | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields.get('id'));
  const version = textOf(fields.get('version'));
  const logic = textOf(fields.get('logic'));
  const languages = listOf(fields.get('langs'), readLanguage);
  const first = languages[0];
  const lists = readLists(fields.get('lists'));
  if (lists === undefined) return undefined;
  if (id === undefined || version === undefined || logic === undefined || first === undefined) return undefined;
  const spoken = listOf(fields.get('spoken'), readSpoken);
  const defaultLang = textOf(fields.get('default_lang')) ?? first.lang;
  return { id, version, logic, defaultLang, languages, lists, ...(spoken.length === 0 ? {} : { spoken }) };
}

/** All or none: with a list that cannot be read, its questions would offer nothing. */
function readLists(value: unknown): StoredList[] | undefined {
  if (value === undefined) return [];
  const lists = listOf(value, readList);
  return Array.isArray(value) && lists.length === value.length ? lists : undefined;
}

function readList(value: unknown): StoredList | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields.get('id'));
  const sha256 = textOf(fields.get('sha256'));
  return id === undefined || sha256 === undefined ? undefined : { id, sha256 };
}

function readSpoken(value: unknown): StoredSpoken | undefined {
  const fields = fieldsOf(value);
  const lang = textOf(fields.get('lang'));
  const sounds = textOf(fields.get('sounds'));
  if (lang === undefined || sounds === undefined) return undefined;
  return {
    lang,
    sounds,
    name: textOf(fields.get('name')) ?? lang,
    beside: textOf(fields.get('beside')) ?? lang,
    count: Number(fields.get('count')) || 0,
    bytes: Number(fields.get('bytes')) || 0,
  };
}

function readLanguage(value: unknown): StoredLanguage | undefined {
  const fields = fieldsOf(value);
  const lang = textOf(fields.get('lang'));
  const texts = textOf(fields.get('texts'));
  if (lang === undefined || texts === undefined) return undefined;
  return {
    lang,
    texts,
    autonym: textOf(fields.get('autonym')) ?? lang,
    title: textOf(fields.get('title')) ?? '',
    draft: fields.get('draft') === true,
  };
}
