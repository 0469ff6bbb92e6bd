/** Dates and times as people give them, made into XForms text and back. Pure: what the clock on the wall says, and its offset, come in. */

import { asciiNumber } from './digits.ts';

export interface DateFields {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const TIME_TYPED = /^([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?$/;
const TIME_STORED = /^([0-9]{2}:[0-9]{2})(?::|$)/;

/** The fields of a whole date, or of one that is half typed. */
export function dateFields(text: string): DateFields {
  const [year = '', month = '', day = ''] = text.split('-');
  return { day, month, year };
}

/** `2026-11-20`. Half a date is kept in the same shape (`2026-11-`), so that nothing typed is lost; the form says that it is no date. */
export function dateText({ day, month, year }: DateFields): string {
  const [y, m, d] = [part(year), part(month).padStart(2, '0'), part(day).padStart(2, '0')];
  if (part(year) + part(month) + part(day) === '') return '';
  return `${y}-${part(month) && m}-${part(day) && d}`;
}

/** A month alone is stored as its first day, as ODK does. */
export function monthText({ month, year }: Pick<DateFields, 'month' | 'year'>): string {
  return part(month) + part(year) === '' ? '' : dateText({ day: '01', month, year });
}

/** A year alone is stored as its first day. */
export function yearText(year: string): string {
  return part(year) === '' ? '' : dateText({ day: '01', month: '01', year });
}

/** `HH:MM` of what is stored, for a field; what is no time stays as it is. */
export function shownTime(stored: string): string {
  return TIME_STORED.exec(stored)?.[1] ?? stored;
}

/** `09:30:00.000+01:00` of `9:30`, typed or chosen; `offset`: minutes that the wall is ahead of UTC. What is no time is kept as typed. */
export function timeText(typed: string, offset: number): string {
  const plain = asciiNumber(typed);
  const found = TIME_TYPED.exec(plain);
  if (found === null) return plain;
  const [, hour = '', minute = '', second = '00'] = found;
  return `${hour.padStart(2, '0')}:${minute}:${second}.000${offsetText(offset)}`;
}

/** `+05:30` of 330. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((number) => String(number).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

export interface DateTimeHalves {
  /** As dateText gives it. */
  readonly date: string;
  /** As timeText gives it. */
  readonly time: string;
}

export function dateTimeHalves(text: string): DateTimeHalves {
  const [date = '', time = ''] = text.split('T');
  return { date, time };
}

export function dateTimeText({ date, time }: DateTimeHalves): string {
  return date + time === '' ? '' : `${date}T${time}`;
}

/** Signs that part the fields of a stored date are no part of a field. */
function part(typed: string): string {
  return asciiNumber(typed).replace(/[-T]/g, '');
}
