/** Numbers as people type them, in the digits of their script, made into what is stored. Pure. */

/** Code points of the digit zero; in each script its nine sisters follow it. Unicode 15, general category Nd, scripts of living languages. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1b50, 0x1c40, 0x1c50, 0xa8d0, 0xa9d0, 0xaa50, 0xabf0,
  0xff10, 0x1e950,
] as const;

const MINUS_SIGNS = /[\u2212\ufe63\uff0d\u2010-\u2013]/gu;
const MARKS_OF_DIRECTION = /[\u061c\u200e\u200f\u2066-\u2069]/gu;
const DECIMAL_SIGNS = /[\u066b\uff0e]/gu;

/** ASCII digits, minus and point for those of any script; all else is left as it is, for the form to judge. Space around it goes. */
export function asciiNumber(text: string): string {
  const plain = text.replace(MARKS_OF_DIRECTION, '').replace(MINUS_SIGNS, '-').replace(DECIMAL_SIGNS, '.').trim();
  return Array.from(plain, asciiDigit).join('');
}

function asciiDigit(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((candidate) => point >= candidate && point <= candidate + 9);
  return zero === undefined ? character : String(point - zero);
}
