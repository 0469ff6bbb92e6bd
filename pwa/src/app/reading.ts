/** Opens a finalised response to be read again, with the questions and the words that were pinned to it. */

import { signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { closest } from '../i18n/languages.ts';
import { readRevisionOf } from '../store/revisions.ts';
import type { StoredRevision } from '../store/schema.ts';
import { fieldsOf, parseJson } from '../sync/shape.ts';
import type { ReadOutcome, ReadResponse } from './actions.ts';
import { readFile } from './attachments.ts';
import { formLanguage } from './forms.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import type { Storage } from './storage.ts';

interface Parts {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly materials: Materials;
  readonly library: Library;
}

/** In the language that is `wanted`, where its words are here; else in that of the response. */
export async function readResponse(responseId: string, wanted: string, around: Parts): Promise<ReadOutcome> {
  const { storage, materials, library } = around;
  const read = await storage.read((connection) => readRevisionOf(connection, responseId));
  if (read.kind === 'failed') return { kind: 'storage-failed' };
  if (read.value === undefined || read.value.sealed) return { kind: 'not-found' };
  const revision = read.value;
  const parts = partsHere(revision);
  if (parts.length === 0) return { kind: 'removed' };
  const isHere = revision.form.languages.some(({ lang, texts }) => lang === wanted && library.here.value.has(texts));
  const material = await materials.find(revision.form, isHere ? wanted : revision.lang);
  if (material === undefined) return { kind: 'form-not-here' };
  const engine = materials.resume(material, answersIn(parts));
  if (engine === undefined) return { kind: 'storage-failed' };
  return { kind: 'read', response: readable({ revision, engine, pack: material.pack }, around) };
}

export function partsHere({ parts }: Pick<StoredRevision, 'parts'>): readonly string[] {
  return parts.filter((part) => part !== null);
}

interface Opened {
  readonly revision: StoredRevision;
  readonly engine: Form;
  readonly pack: TextPack;
}

function readable({ revision, engine, pack }: Opened, parts: Parts): ReadResponse {
  const { form, responseId, attachments: files = [] } = revision;
  const { materials, library } = parts;
  const shown = signal(pack);
  engine.useTexts(pack);
  return {
    form: engine,
    pack: shown,
    readFile: (name) => readFile(name, { responseId, files }, parts),
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

/** Put together from all parts, for reading only: the bytes that are sent stay as they were made. Written by hand as formlogic/answers.ts is. */
export function answersIn(parts: readonly string[]): string {
  const members = parts.flatMap((part) => [...fieldsOf(fieldsOf(parseJson(part)).get('answers'))]);
  return `{${members.map(([name, answer]) => `${JSON.stringify(name)}:${JSON.stringify(answer)}`)}}`;
}
