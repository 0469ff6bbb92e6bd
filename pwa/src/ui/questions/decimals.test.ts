import assert from 'node:assert/strict';
import test from 'node:test';
import { asciiDecimal } from './decimals.ts';

const DECIMALS: readonly (readonly [string, string, string])[] = [
  ['a point', '3.5', '3.5'],
  ['a comma', '3,5', '3.5'],
  ['the Arabic decimal sign', '٣٫٥', '3.5'],
  ['the Arabic comma', '٣،٥', '3.5'],
  ['Bengali digits and a point', '৩.৫', '3.5'],
  ['the Arabic thousands sign', '١٬٢٣٤٫٥', '1234.5'],
  ['commas between thousands', '1,234.5', '1234.5'],
  ['commas as in South Asia', '১,০০,০০০.৫', '100000.5'],
  ['points between thousands', '1.234,5', '1234.5'],
  ['spaces between thousands', '1 234,5', '1234.5'],
  ['several commas', '1,234,567', '1234567'],
  ['a comma after nought', '0,125', '0.125'],
  ['a minus', '−0,5', '-0.5'],
];

for (const [name, typed, stored] of DECIMALS) {
  test(`a fraction typed with ${name} is stored in ASCII`, () => {
    assert.equal(asciiDecimal(typed), stored);
  });
}

test('a comma that may stand before a fraction or between thousands is left for the person to decide', () => {
  assert.equal(asciiDecimal('1,234'), '1,234');
});

test('words are no fraction, and are kept', () => {
  assert.equal(asciiDecimal('two, or three'), 'two, or three');
});
