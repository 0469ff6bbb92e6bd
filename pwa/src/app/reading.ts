/** Opens a finalised response to be read again, with the questions and the words that were pinned to it. */

import { signal } from '@preact/signals';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { closest } from '../i18n/languages.ts';
import { readRevisionOf } from '../store/revisions.ts';
import type { StoredForm } from '../store/schema.ts';
import { fieldsOf, parseJson } from '../sync/shape.ts';
import type { ReadOutcome, ReadResponse } from './actions.ts';
import { formLanguage } from './forms.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import type { Storage } from './storage.ts';

interface Parts {
  readonly storage: Storage;
  readonly materials: Materials;
  readonly library: Library;
}

export async function readResponse(responseId: string, { storage, materials, library }: Parts): Promise<ReadOutcome> {
  const read = await storage.read((connection) => readRevisionOf(connection, responseId));
  if (read.kind === 'failed') return { kind: 'storage-failed' };
  if (read.value === undefined) return { kind: 'not-found' };
  const { form, lang, parts } = read.value;
  const material = await materials.find(form, lang);
  if (material === undefined) return { kind: 'form-not-here' };
  const engine = materials.resume(material.logic, answersIn(parts));
  if (engine === undefined) return { kind: 'storage-failed' };
  return { kind: 'read', response: readable({ form, engine, pack: material.pack }, { materials, library }) };
}

interface Opened {
  readonly form: StoredForm;
  readonly engine: Form;
  readonly pack: TextPack;
}

function readable({ form, engine, pack }: Opened, { materials, library }: Omit<Parts, 'storage'>): ReadResponse {
  const shown = signal(pack);
  engine.useTexts(pack);
  return {
    form: engine,
    pack: shown,
    get languages() {
      return form.languages.map((language) => formLanguage(language, library.here.value));
    },
    async showLanguage(wanted) {
      const chosen = closest(
        wanted,
        form.languages.map(({ lang }) => lang),
      );
      const language = form.languages.find(({ lang }) => lang === chosen);
      const found = language && (await materials.pack(language));
      if (found === undefined) return false;
      engine.useTexts(found);
      shown.value = found;
      return true;
    },
  };
}

/** A copy for reading only: the bytes that are sent stay as they were made. */
function answersIn(parts: readonly string[]): string {
  return JSON.stringify(fieldsOf(parseJson(parts[0] ?? '')).get('answers') ?? {});
}
