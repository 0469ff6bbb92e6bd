/** Stored dates and times in the words of a language. Pure: the clock on the wall is taken as it is written, whatever its offset. */

import { formatsOf, writtenMoment } from '../../i18n/formats.ts';

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^([0-9]{2}):([0-9]{2}):[0-9]{2}/;

type Shape = Intl.DateTimeFormatOptions;

/** What is no date or time comes back as it is; `shape`: all of the date, or what the form asked for. */
export function dateWords(stored: string, lang: string, shape: 'day' | 'month' | 'year' = 'day'): string {
  return written(stored, '00:00:00', lang, DATE_SHAPES[shape]) ?? stored;
}

export function timeWords(stored: string, lang: string): string {
  return written('2000-01-01', stored, lang, { timeStyle: 'short' }) ?? stored;
}

export function dateTimeWords(stored: string, lang: string): string {
  const [date = '', time = ''] = stored.split('T');
  return written(date, time, lang, { dateStyle: 'long', timeStyle: 'short' }) ?? stored;
}

/** `month`: `01` to `12`. */
export function monthName(month: string, lang: string): string {
  return written(`2000-${month}-01`, '00:00:00', lang, { month: 'long' }) ?? month;
}

const DATE_SHAPES: Readonly<Record<'day' | 'month' | 'year', Shape>> = {
  day: { dateStyle: 'long' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};

/** Always by the calendar in which it was given. */
function written(date: string, time: string, lang: string, shape: Shape): string | undefined {
  const [, year, month, day] = (DATE.exec(date) ?? []).map(Number);
  const [, hour, minute] = (TIME.exec(time) ?? []).map(Number);
  if (year === undefined || month === undefined || hour === undefined) return undefined;
  const moment = new Date(Date.UTC(2000, month - 1, day, hour, minute));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  moment.setUTCFullYear(year, month - 1, day);
  return writtenMoment(moment, formatsOf({ lang }), { calendar: 'gregory', timeZone: 'UTC', ...shape });
}
