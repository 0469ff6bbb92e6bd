/** Numbers with a fraction as people type them, made into what is stored. Pure. */

import { asciiNumber } from './digits.ts';

const COMMAS = /[,\u060c\uff0c]/gu;
/** Arabic thousands sign, apostrophes and every kind of space: none of them ever stands before a fraction. */
const THOUSANDS_SIGNS = /[\u066c'\u2019\s]/gu;

/**
 * As asciiNumber, for a number with a fraction: the comma that many languages write before it becomes a point, and signs between
 * thousands go. "1,234" can be either: it is left as typed, so that the form asks rather than guesses.
 */
export function asciiDecimal(text: string): string {
  const plain = asciiNumber(text).replace(COMMAS, ',');
  const bare = plain.replace(THOUSANDS_SIGNS, '');
  if (!/^-?[0-9.,]*$/.test(bare)) return plain;
  const commas = bare.split(',').length - 1;
  const points = bare.split('.').length - 1;
  if (commas > 0 && points > 0) return lastSignIsPoint(bare);
  if (commas === 1) return /^-?[1-9][0-9]{0,2},[0-9]{3}$/.test(bare) ? plain : bare.replace(',', '.');
  if (commas > 1) return bare.replaceAll(',', '');
  return points > 1 ? bare.replaceAll('.', '') : bare;
}

/** "1,234.5" and "1.234,5": what comes last stands before the fraction. */
function lastSignIsPoint(number: string): string {
  const at = Math.max(number.lastIndexOf(','), number.lastIndexOf('.'));
  return `${number.slice(0, at).replace(/[.,]/g, '')}.${number.slice(at + 1)}`;
}
