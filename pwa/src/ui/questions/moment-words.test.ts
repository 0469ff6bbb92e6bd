import assert from 'node:assert/strict';
import test from 'node:test';
import { numberText } from '../pieces/number-text.ts';
import { dateTimeWords, dateWords, monthName, timeWords } from './moment-words.ts';

test('a date is said in the words and digits of the language', () => {
  assert.equal(dateWords('2026-11-20', 'en'), '20 November 2026');
  assert.equal(dateWords('2026-11-20', 'bn'), '২০ নভেম্বর, ২০২৬');
  assert.match(dateWords('2026-11-20', 'fa'), /۲۰۲۶/, 'by the calendar in which it was given');
});

test('of a month or a year no more is said than was asked', () => {
  assert.equal(dateWords('1984-07-01', 'en', 'month'), 'July 1984');
  assert.equal(dateWords('1984-01-01', 'en', 'year'), '1984');
  assert.equal(monthName('03', 'en'), 'March');
});

test('a time is the one on the wall where it was given', () => {
  assert.equal(timeWords('09:30:00.000+06:00', 'en'), '09:30');
  assert.match(dateTimeWords('2026-11-20T23:45:00.000-05:00', 'en'), /^20 November 2026.* 23:45$/);
});

test('an early year is that year', () => {
  assert.equal(dateWords('0085-07-01', 'en', 'year'), '85');
});

test('what is no date or time is shown as it is stored', () => {
  assert.equal(dateWords('2026-11-', 'en'), '2026-11-');
  assert.equal(timeWords('noon', 'en'), 'noon');
  assert.equal(dateTimeWords('2026-11-20T', 'en'), '2026-11-20T');
});

test('a number keeps its decimals, in the digits of the language, with nothing between thousands', () => {
  assert.equal(numberText('1984', 'en'), '1984');
  assert.equal(numberText('3.50', 'de'), '3,50');
  assert.equal(numberText('12.5', 'bn'), '১২.৫');
});

test('what is no number, or longer than a number can hold, is shown as it is stored', () => {
  assert.equal(numberText('about ten', 'en'), 'about ten');
  assert.equal(numberText('12345678901234567', 'en'), '12345678901234567');
});
