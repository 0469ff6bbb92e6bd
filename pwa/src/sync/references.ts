/**
 * The short codes that people keep: the reference code of a response. Twin of `sync/references.py`; both do what
 * `tests/vectors/codes/references.json` says.
 */

import { sha256 } from './sha256.ts';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many random bytes make a code; the low five bits of each are used. */
export const REFERENCE_BYTES = 11;

/** A code of 12 symbols: eleven of chance, 55 bits, and one that catches a slip of the pen. */
export function makeReference(random: Uint8Array): string {
  if (random.length !== REFERENCE_BYTES)
    throw new Error(`A reference code takes ${REFERENCE_BYTES} random bytes; ${random.length} were given.`);
  const chance = Array.from(random, (byte) => SYMBOLS.charAt(byte % SYMBOLS.length)).join('');
  return chance + checkSymbol(chance);
}

/** As people copy it: in groups of four. */
export function shownReference(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** As headers name it. */
export function referenceHash(code: string): string {
  return sha256(`fieldwell reference ${code}`);
}

/** Each symbol is weighed by an odd number of its own, so that one wrong symbol never goes unnoticed. */
function checkSymbol(chance: string): string {
  const total = [...chance].reduce((sum, symbol, place) => sum + (2 * place + 3) * SYMBOLS.indexOf(symbol), 0);
  return SYMBOLS.charAt(total % SYMBOLS.length);
}
