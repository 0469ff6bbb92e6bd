import assert from 'node:assert/strict';
import test from 'node:test';
import {
  dateFields,
  dateText,
  dateTimeHalves,
  dateTimeText,
  monthText,
  offsetText,
  shownTime,
  timeText,
  yearText,
} from './date-texts.ts';

test('a date typed in three fields, in any digits, is stored as XForms wants it', () => {
  assert.equal(dateText({ day: '3', month: '١١', year: '২০২৬' }), '2026-11-03');
});

test('half a date is kept as it is typed, and comes back into its fields', () => {
  const stored = dateText({ day: '', month: '11', year: '2026' });
  assert.equal(stored, '2026-11-');
  assert.deepEqual(dateFields(stored), { day: '', month: '11', year: '2026' });
  assert.equal(dateText({ day: '20', month: '', year: '' }), '--20');
  assert.deepEqual(dateFields('--20'), { day: '20', month: '', year: '' });
});

test('fields that are all blank are no answer', () => {
  assert.equal(dateText({ day: ' ', month: '', year: '' }), '');
  assert.equal(monthText({ month: '', year: '' }), '');
  assert.equal(yearText(' '), '');
});

test('a month and a year alone are stored as their first day', () => {
  assert.equal(monthText({ month: '7', year: '1984' }), '1984-07-01');
  assert.equal(yearText('১৯৮৪'), '1984-01-01');
});

const TIMES: readonly (readonly [string, number, string])[] = [
  ['09:30', 0, '09:30:00.000+00:00'],
  ['9.30', 60, '09:30:00.000+01:00'],
  ['٢٣:٥٩', 330, '23:59:00.000+05:30'],
  ['00:00:15', -210, '00:00:15.000-03:30'],
  ['', 60, ''],
  ['noon', 60, 'noon'],
];

for (const [typed, offset, stored] of TIMES) {
  test(`the time “${typed}” at ${offset} minutes from UTC is stored as “${stored}”`, () => {
    assert.equal(timeText(typed, offset), stored);
  });
}

test('a field shows hours and minutes of what is stored, whatever the offset', () => {
  assert.equal(shownTime('09:30:00.000+06:00'), '09:30');
  assert.equal(shownTime('noon'), 'noon');
  assert.equal(shownTime(''), '');
});

test('an offset has a sign, two digits of hours and two of minutes', () => {
  assert.deepEqual([0, -60, 345].map(offsetText), ['+00:00', '-01:00', '+05:45']);
});

test('date and time of a moment are kept each when the other is missing', () => {
  for (const halves of [
    { date: '2026-11-20', time: '' },
    { date: '', time: '09:30:00.000+00:00' },
    { date: '', time: '' },
  ])
    assert.deepEqual(dateTimeHalves(dateTimeText(halves)), halves);
});
