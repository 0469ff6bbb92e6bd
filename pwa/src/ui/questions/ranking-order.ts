/** The order of what is ranked. Pure. */

import type { Choice } from '../../formlogic/form.ts';

/** As stored; what the answer does not name comes after it, in the order it is offered; what is no longer offered goes. */
export function ranked(choices: readonly Choice[], stored: string): readonly Choice[] {
  const places = new Map(stored.split(' ').map((value, place) => [value, place]));
  const placeOf = ({ value }: Choice): number => places.get(value) ?? places.size;
  return [...choices].sort((one, other) => placeOf(one) - placeOf(other));
}

/** The values with the one at `from` at `to` instead. */
export function moved(values: readonly string[], from: number, to: number): readonly string[] {
  const rest = values.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...values.slice(from, from + 1), ...rest.slice(to)];
}
