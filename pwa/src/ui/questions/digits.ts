/** Numbers as people type them, in the digits of their script, made into what is stored. Pure. */

/** But those of mathematics, which nobody types and which stand in one row. */
const DIGIT = /[^\P{Nd}\u{1d7ce}-\u{1d7ff}]/u;
const MINUS_SIGNS = /[\u2212\ufe63\uff0d\u2010-\u2013]/gu;
const MARKS_OF_DIRECTION = /[\u061c\u200e\u200f\u2066-\u2069]/gu;
const DECIMAL_SIGNS = /[\u066b\uff0e]/gu;

/** ASCII digits, minus and point for those of any script; all else is left as it is, for the form to judge. Space around it goes. */
export function asciiNumber(text: string): string {
  const plain = text.replace(MARKS_OF_DIRECTION, '').replace(MINUS_SIGNS, '-').replace(DECIMAL_SIGNS, '.').trim();
  return Array.from(plain, asciiDigit).join('');
}

/** In every script the digits stand in a row, zero first: as many as stand before one, so much it is worth. */
function asciiDigit(character: string): string {
  if (!DIGIT.test(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  let worth = 0;
  while (DIGIT.test(String.fromCodePoint(point - worth - 1))) worth += 1;
  return String(worth);
}
