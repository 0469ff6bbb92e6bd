/** The server's list of forms, parsed at the border. */

import type { StoredForm, StoredLanguage, StoredList } from '../store/schema.ts';
import { fieldsOf, listOf, textOf } from '../sync/shape.ts';

/** Undefined when it is not a manifest. An entry that cannot be read is left out: the others can be used. */
export function readManifest(value: unknown): StoredForm[] | undefined {
  const forms = fieldsOf(value).get('forms');
  return Array.isArray(forms) ? listOf(forms, readForm) : undefined;
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
  return { id, version, logic, defaultLang: textOf(fields.get('default_lang')) ?? first.lang, languages, lists };
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
