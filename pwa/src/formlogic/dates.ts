/**
 * Dates as XForms writes them, read and reckoned without a clock or a time zone table.
 *
 * A date or dateTime without an offset counts as UTC, so that its number is the same on every phone and server.
 */
const DATE = '([0-9]{4})-([0-9]{2})-([0-9]{2})';
const TIME = '([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?';
const DATE_OR_DATE_TIME = new RegExp(`^${DATE}(?:T${TIME})?$`);
const TIME_ALONE = new RegExp(`^${TIME}$`);

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const GREATEST_OFFSET_MINUTES = 14 * 60;
/** Year 9999: past it the four digits of a year no longer do. */
const LAST_DAY = 2_932_896;
const FIRST_DAY = -719_162;

/** A moment as it is written: the day and time on the wall, and how far the wall is from UTC. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Milliseconds since midnight. */
  readonly time: number;
  /** Minutes east of UTC; undefined when the text gives none. */
  readonly offset: number | undefined;
  readonly hasTime: boolean;
}

/** Read `2026-11-20` or `2026-11-20T10:00:00.000+06:00`; undefined for anything else, 30 February included. */
export function parseMoment(text: string): Moment | undefined {
  const found = DATE_OR_DATE_TIME.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', ...clock] = found;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isOnCalendar(date.year, date.month, date.day)) return undefined;
  if (clock[0] === undefined) return { ...date, time: 0, offset: undefined, hasTime: false };
  const time = readClock(clock);
  return time && { ...date, ...time, hasTime: true };
}

/** Read `10:00:00.000+06:00`: milliseconds since midnight and the offset, undefined when it is no time. */
export function parseTime(text: string): Pick<Moment, 'time' | 'offset'> | undefined {
  const found = TIME_ALONE.exec(text);
  return found === null ? undefined : readClock(found.slice(1));
}

/** Days, with fraction, since 1970-01-01 UTC; NaN when the text is no date or dateTime. */
export function daysSinceEpoch(text: string): number {
  const moment = parseMoment(text);
  if (moment === undefined) return Number.NaN;
  const { year, month, day, time, offset = 0 } = moment;
  return (dayNumber(year, month, day) * DAY_MS + time - offset * MINUTE_MS) / DAY_MS;
}

/** The moment this many days after 1970-01-01 UTC; undefined outside years 1 to 9999. */
export function momentAt(days: number): Moment | undefined {
  const milliseconds = Math.round(days * DAY_MS);
  const wholeDays = Math.floor(milliseconds / DAY_MS);
  if (!(wholeDays >= FIRST_DAY && wholeDays <= LAST_DAY)) return undefined;
  return { ...dateOfDay(wholeDays), time: milliseconds - wholeDays * DAY_MS, offset: 0, hasTime: true };
}

export function dateText({ year, month, day }: Moment): string {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** In UTC, which is what momentAt gives. */
export function dateTimeText(moment: Moment): string {
  const { hour, minute, second, millisecond } = clockOf(moment.time);
  const time = `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}.${padded(millisecond, 3)}`;
  return `${dateText(moment)}T${time}Z`;
}

export function clockOf(time: number): { hour: number; minute: number; second: number; millisecond: number } {
  return {
    hour: Math.floor(time / 3_600_000),
    minute: Math.floor(time / MINUTE_MS) % 60,
    second: Math.floor(time / 1000) % 60,
    millisecond: time % 1000,
  };
}

/** 0 is Sunday. */
export function weekday({ year, month, day }: Moment): number {
  return (((dayNumber(year, month, day) + 4) % 7) + 7) % 7;
}

export function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}

function readClock(fields: readonly (string | undefined)[]): Pick<Moment, 'time' | 'offset'> | undefined {
  const [hour = '', minute = '', second = '', fraction = '', zone] = fields;
  const offset = readOffset(zone);
  const exists = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!exists || Number.isNaN(offset)) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { time: ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds, offset };
}

/** Minutes east of UTC; NaN for an offset that no place has. */
function readOffset(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  if (minutes > GREATEST_OFFSET_MINUTES || Number(zone.slice(4, 6)) > 59) return Number.NaN;
  return zone.startsWith('-') ? -minutes : minutes;
}

function isOnCalendar(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Days since 1970-01-01 in the Gregorian calendar.
 *
 * Years begin in March here, so that the leap day comes last; eras of 400 years have 146,097 days
 * (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
 */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The inverse of dayNumber, from the same source. */
function dateOfDay(number: number): Pick<Moment, 'year' | 'month' | 'day'> {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
