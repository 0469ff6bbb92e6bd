/** Whether a number is on a range, reckoned as it is written: 0.3 is on steps of 0.1, though no binary number is. */
import type { Range } from './definition.ts';

/** A longer one is on no range. */
const LONGEST_NUMBER_CHARACTERS = 400;
const DECIMAL = /^(-?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?$/;

/** Between start and end, which may be in either order, and a whole number of steps from the start. */
export function isOnRange({ start, end, step }: Range, text: string): boolean {
  if (text.length > LONGEST_NUMBER_CHARACTERS || !DECIMAL.test(text)) return false;
  const written = [start, end, step, text];
  const places = Math.max(...written.map((number) => fractionOf(number).length));
  const [first = 0n, last = 0n, stride = 1n, number = 0n] = written.map((one) => scaled(one, places));
  const isBetween = first <= last ? first <= number && number <= last : last <= number && number <= first;
  return isBetween && (number - first) % stride === 0n;
}

function fractionOf(text: string): string {
  return DECIMAL.exec(text)?.[3] ?? '';
}

/** A number times ten to the power of `places`. */
function scaled(text: string, places: number): bigint {
  const [, sign = '', whole = ''] = DECIMAL.exec(text) ?? [];
  return BigInt(`${sign}${whole}${fractionOf(text).padEnd(places, '0')}`);
}
