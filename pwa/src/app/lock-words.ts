/** PINs, phrases and recovery codes, as people type them. Pure. */

/** As many as a recovery code has: 100 bits, five of each byte. */
export const CODE_BYTES = 20;
export const LEAST_SIGNS = 6;
const LONGEST_WAIT_MS = 300_000;
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** But those of mathematics, which nobody types and which stand in one row. */
const DIGIT = /[^\P{Nd}\u{1d7ce}-\u{1d7ff}]/u;

/** The same PIN in any digits; the same phrase however a keyboard composes its letters and spaces. */
export function plainPin(typed: string): string {
  return Array.from(typed.normalize('NFKC').trim().replace(/\s+/g, ' '), asciiDigit).join('');
}

/** `easy`: what anybody tries first. */
export function pinTrouble(typed: string): 'short' | 'easy' | undefined {
  const signs = Array.from(plainPin(typed));
  if (signs.length < LEAST_SIGNS) return 'short';
  const steps = new Set(signs.slice(1).map((sign, place) => codeOf(sign) - codeOf(signs[place] ?? '')));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 2) ? 'easy' : undefined;
}

export function makeCode(random: Uint8Array): string {
  return Array.from(random, (byte) => SYMBOLS.charAt(byte % SYMBOLS.length)).join('');
}

/** As people copy it. */
export function shownCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** As it was made, whatever a pen has made of it. */
export function plainCode(typed: string): string {
  const signs = plainPin(typed)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return signs.replace(/O/g, '0').replace(/[IL]/g, '1').replace(/U/g, 'V');
}

/** After so many wrong PINs in a row. */
export function waitAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (failures - 1));
}

/** A clock that was put back makes nobody wait longer than the longest wait. */
export function waitLeft(waitUntil: number, now: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(0, waitUntil - now));
}

/** In every script the digits stand in a row, zero first: as many as stand before one, so much it is worth. */
function asciiDigit(sign: string): string {
  if (!DIGIT.test(sign)) return sign;
  let worth = 0;
  while (DIGIT.test(String.fromCodePoint(codeOf(sign) - worth - 1))) worth += 1;
  return String(worth % 10);
}

function codeOf(sign: string): number {
  return sign.codePointAt(0) ?? 0;
}
