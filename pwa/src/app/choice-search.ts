/** Finding choices by what a person types (see formlogic/search.ts), made ready in pieces so that a slow phone can be tapped meanwhile. */

import type { Choice } from '../formlogic/form.ts';
import { prepareSearch, type Searchable } from '../formlogic/search.ts';

export { type Searchable, searchChoices } from '../formlogic/search.ts';

/** A few milliseconds of work on a phone six times slower than a desk. */
const PIECE = 250;

/** Each step makes one piece ready; what is returned is the whole. */
export function* prepareInPieces(choices: readonly Choice[]): Generator<undefined, Searchable> {
  const entries: Searchable['entries'][number][] = [];
  for (let from = 0; from < choices.length; from += PIECE) {
    for (const entry of prepareSearch(choices.slice(from, from + PIECE)).entries) entries.push(entry);
    yield undefined;
  }
  return { choices, entries };
}
