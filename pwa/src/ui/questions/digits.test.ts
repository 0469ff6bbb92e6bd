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
