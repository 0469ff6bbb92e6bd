/** One language's sentences: the English sentence → its translation, or one per plural category. */

import type { Lang } from './languages.ts';
import { sentenceName } from './sentence-name.ts';

export type Translation = string | ReadonlyMap<string, string>;

export interface Catalogue {
  /** Undefined where this sentence is not translated. */
  find(sentence: string): Translation | undefined;
  /** No person has checked these translations. */
  readonly draft: boolean;
}

/** Where catalogues come from; the build finds them, tests bring their own. English has none. */
export interface CatalogueShelf {
  readonly languages: readonly Lang[];
  /** The packed catalogue (sentence-name.ts), still to be parsed; rejects when it cannot be fetched. */
  load(lang: Lang): Promise<unknown>;
}

/** Among the sentences, the build says under this name how far they can be trusted (hatch_build.py). */
const STATE = 'X-Fieldwell-State';

export const NO_TRANSLATIONS: Catalogue = { find: () => undefined, draft: false };

/** Later ones say better what earlier ones say. What is not a translation is left out: that sentence is then shown in English. */
export function parseCatalogue(...values: readonly unknown[]): Catalogue {
  const byName = new Map<string, Translation>();
  for (const [name, found] of values.flatMap(entriesOf)) {
    if (typeof found === 'string') byName.set(name, found);
    else byName.set(name, new Map(entriesOf(found).filter(isText)));
  }
  const find = (sentence: string): Translation | undefined => byName.get(sentenceName(sentence));
  return { find, draft: find(STATE) === 'draft' };
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
