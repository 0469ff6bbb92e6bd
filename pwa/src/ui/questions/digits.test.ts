import assert from 'node:assert/strict';
import test from 'node:test';
import { asciiNumber } from './digits.ts';

const TYPED: readonly (readonly [string, string, string])[] = [
  ['Arabic', '١٢٠', '120'],
  ['Urdu', '۱۲۰', '120'],
  ['Bengali', '১২০', '120'],
  ['full-width', '１２０', '120'],
  ['mixed', '1২٣', '123'],
  ['negative, with a true minus', '−৪', '-4'],
  ['Arabic decimal', '٥١٫٥٣', '51.53'],
  ['with a mark of direction', '\u200f١٢\u200f', '12'],
  ['with space around it', ' 7 ', '7'],
];

for (const [name, typed, stored] of TYPED) {
  test(`a number typed in ${name} digits is stored in ASCII`, () => {
    assert.equal(asciiNumber(typed), stored);
  });
}

test('what is no number is kept as typed, so that nothing is lost', () => {
  assert.equal(asciiNumber('about ten'), 'about ten');
});

test('the digits of every living script are understood', () => {
  const zeros = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1b50, 0x1c40, 0x1c50, 0xa8d0, 0xa9d0, 0xaa50, 0xabf0,
    0xff10, 0x1e950,
  ];
  for (const zero of zeros) {
    const row = Array.from({ length: 10 }, (_, worth) => String.fromCodePoint(zero + worth)).join('');
    assert.equal(asciiNumber(row), '0123456789', zero.toString(16));
  }
});
