/**
 * Lets go of pictures, sounds and sound packs that nothing names any more: each recording made anew is another file.
 * - Needed is what the forms on offer name, and what drafts were begun with. While a pack of a form on offer is not here, nobody can
 *   tell what it names: then all stays.
 * - Logic, words and lists stay for ever: answers are read with them.
 */

import { readDrafts } from '../store/drafts.ts';
import { readForms } from '../store/forms.ts';
import { mediaNames, removeUnneeded } from '../store/media.ts';
import type { StoredForm } from '../store/schema.ts';
import { readSetting } from '../store/settings.ts';
import { fieldsOf, listOf, parseJson, textOf } from '../sync/shape.ts';
import type { Library } from './library.ts';
import type { MediaShelf } from './media.ts';
import { parseSounds } from './sounds.ts';
import type { Storage } from './storage.ts';

interface Surroundings {
  readonly storage: Pick<Storage, 'read'>;
  readonly library: Pick<Library, 'read'>;
  readonly media: Pick<MediaShelf, 'forget'>;
}

export async function letGoOfUnneeded({ storage, library, media }: Surroundings): Promise<void> {
  // What arrives after this is not looked at.
  const here = await storage.read(mediaNames);
  const forms = await storage.read(readForms);
  const drafts = await storage.read(readDrafts);
  const before = await storage.read((connection) => readSetting(connection, 'packs'));
  if (here.kind === 'failed' || forms.kind === 'failed' || drafts.kind === 'failed' || before.kind === 'failed') return;
  const packs = forms.value.flatMap(packsOf);
  const old = listOf(before.value, textOf);
  if (packs.join() === old.join()) return;
  const needed = await namesIn(packs, library);
  const begunWith = drafts.value.flatMap(({ form }) => packsOf(form));
  if (needed.has(undefined)) return;
  for (const name of await namesIn(begunWith, library)) needed.add(name);
  const unneeded = here.value.filter((name) => !needed.has(name));
  const blobs = await soundPacksAmong(
    old.filter((name) => !packs.includes(name)),
    library,
  );
  const removed = await storage.read((connection) => removeUnneeded(connection, { media: unneeded, blobs }, packs));
  if (removed.kind === 'done') media.forget(unneeded);
}

function packsOf({ languages, spoken = [] }: StoredForm): string[] {
  return [...spoken.map(({ sounds }) => sounds), ...languages.map(({ texts }) => texts)];
}

/** The media that packs of words or sounds name; undefined among them for a pack that is not here. */
async function namesIn(packs: readonly string[], library: Surroundings['library']): Promise<Set<string | undefined>> {
  const names = new Set<string | undefined>();
  for (const pack of packs) {
    const text = await library.read(pack);
    const value = text === undefined ? undefined : parseJson(text);
    if (text === undefined) names.add(undefined);
    for (const name of fieldsOf(fieldsOf(value).get('media')).values()) names.add(textOf(name) ?? '');
    for (const { sha256 } of parseSounds(value)?.values() ?? []) names.add(sha256);
  }
  return names;
}

async function soundPacksAmong(names: readonly string[], library: Surroundings['library']): Promise<string[]> {
  const found: string[] = [];
  for (const name of names)
    if (parseSounds(parseJson((await library.read(name)) ?? '')) !== undefined) found.push(name);
  return found;
}
