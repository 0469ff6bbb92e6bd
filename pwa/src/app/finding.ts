/**
 * Finding responses by words that were typed in them, in any script. Names are in memory; answers are read from the disk piece by piece.
 * Answers about the person (the part `equality`) are not searched: nobody looks people up by them.
 */

import { prepareSearch, searchChoices } from '../formlogic/search.ts';
import { readDrafts } from '../store/drafts.ts';
import { readRevisionsAfter } from '../store/revisions.ts';
import type { StoredRevision } from '../store/schema.ts';
import { fieldsOf, listOf, parseJson, textOf } from '../sync/shape.ts';
import type { ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';

/** Read at once: a slow phone shows what it has found so far in between. */
const AT_ONCE = 200;
const PRIVATE_PART = 'equality';

/** What one response can be found by. */
type Texts = readonly (readonly [id: string, text: string])[];

/** By what the list itself shows of them. */
export function foundByName(responses: readonly ResponseSummary[], query: string): ReadonlySet<string> {
  return among(
    responses.map(({ id, shortTitle, formTitle }) => [id, `${shortTitle} ${formTitle}`] as const),
    query,
  );
}

/** Ids, as they are found; ends when all was read or whoever asked has stopped asking. */
export async function* findInAnswers(storage: Storage, query: string): AsyncGenerator<ReadonlySet<string>> {
  const drafts = await storage.read(readDrafts);
  if (drafts.kind === 'done')
    yield among(
      drafts.value.map(({ id, answersJson }) => [id, typedIn(parseJson(answersJson))] as const),
      query,
    );
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after;
    const read = await storage.read((connection) => readRevisionsAfter(connection, from, AT_ONCE));
    if (read.kind === 'failed') return;
    yield among(
      read.value.filter(({ sealed }) => !sealed).map((one) => [one.responseId, typedInRevision(one)] as const),
      query,
    );
    after = read.value[AT_ONCE - 1]?.rev;
  }
}

function among(texts: Texts, query: string): ReadonlySet<string> {
  const searchable = prepareSearch(
    texts.map(([id, text]) => ({ value: id, label: { text, lang: '', parts: [] }, sound: '' })),
  );
  return new Set(searchChoices(searchable, query).map(({ value }) => value));
}

function typedInRevision({ header, parts }: StoredRevision): string {
  const names = listOf(fieldsOf(parseJson(header)).get('parts'), (part) => textOf(fieldsOf(part).get('name')) ?? '');
  const open = parts.filter((part, place) => part !== null && names[place] !== PRIVATE_PART);
  return open.map((part) => typedIn(fieldsOf(parseJson(part ?? '')).get('answers'))).join(' ');
}

/** All texts in a tree of answers. */
function typedIn(answers: unknown): string {
  if (typeof answers === 'string') return answers;
  if (Array.isArray(answers)) return answers.map(typedIn).join(' ');
  return [...fieldsOf(answers)]
    .filter(([name]) => name !== PRIVATE_PART)
    .map(([, value]) => typedIn(value))
    .join(' ');
}
