/** The places of a range, counted from its start: 0.1 + 0.2 would miss 0.3, so numbers are made from their count of steps. Pure. */

import type { Range } from '../../formlogic/definition.ts';

export interface Steps {
  /** The number of the last place; the first is 0. */
  readonly last: number;
  /** The number at a place, as it is stored. */
  at(place: number): string;
  /** The place of a number; undefined when it is on none. */
  placeOf(text: string): number | undefined;
}

/** Start may be the greater one: then each step goes down. */
export function stepsOf({ start, end, step }: Range): Steps {
  const decimals = Math.max(...[start, step].map((text) => text.split('.')[1]?.length ?? 0));
  const stride = Math.abs(Number(step)) * (Number(end) < Number(start) ? -1 : 1);
  // A hair more than exact, because 0.3 / 0.1 is a hair less than 3.
  const last = Math.max(0, Math.floor((Number(end) - Number(start)) / stride + 1e-9));
  const at = (place: number): string => plainZero((Number(start) + place * stride).toFixed(decimals));
  const placeOf = (text: string): number | undefined => {
    const place = Math.round((Number(text) - Number(start)) / stride);
    return text !== '' && place >= 0 && place <= last && Number(at(place)) === Number(text) ? place : undefined;
  };
  return { last, at, placeOf };
}

function plainZero(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text;
}
