import { asciiNumber } from '../questions/digits.ts';

const BETWEEN = /[\s\-_.\u2010\u2011\u2013\u2014]/g;
const ALIKE: ReadonlyMap<string, string> = new Map([
  ['O', '0'],
  ['I', '1'],
  ['L', '1'],
  ['U', 'V'],
]);

/** A poster's code as people type it, made into the one that it means: as the server reads it (sync/references.py). */
export function posterCode(typed: string): string {
  const symbols = Array.from(asciiNumber(typed).toUpperCase().replace(BETWEEN, ''));
  return symbols.map((symbol) => ALIKE.get(symbol) ?? symbol).join('');
}
