/** One language's sentences, as `hatch_build.py` writes them: the English sentence → its translation, or one per plural category. */

import type { Lang } from './languages.ts';

export type Translation = string | ReadonlyMap<string, string>;
export type Catalogue = ReadonlyMap<string, Translation>;

/** Where catalogues come from; the build finds them, tests bring their own. English has none. */
export interface CatalogueShelf {
  readonly languages: readonly Lang[];
  /** The parsed JSON; rejects when it cannot be fetched. */
  load(lang: Lang): Promise<unknown>;
}

export const NO_TRANSLATIONS: Catalogue = new Map();

/** What is not a translation is left out: that sentence is then shown in English. */
export function parseCatalogue(value: unknown): Catalogue {
  const catalogue = new Map<string, Translation>();
  for (const [msgid, found] of entriesOf(value)) {
    if (typeof found === 'string') catalogue.set(msgid, found);
    else catalogue.set(msgid, new Map(entriesOf(found).filter(isText)));
  }
  return catalogue;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
