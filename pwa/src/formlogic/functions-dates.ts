/** Functions of dates and times. Names of months and days are English in every language, so that all engines agree. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import {
  clockOf,
  dateText,
  dateTimeText,
  type Moment,
  momentAt,
  padded,
  parseMoment,
  parseTime,
  weekday,
} from './dates.ts';
import { toNumber } from './values.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const DAY_MS = 86_400_000;

export const DATE_FUNCTIONS: FunctionTable = [
  ['now', takes(0, 0, (given) => given.context.world.surroundings.now)],
  ['today', takes(0, 0, (given) => given.context.world.surroundings.now.slice(0, 'YYYY-MM-DD'.length))],
  ['date', takes(1, 1, (given) => written(momentOf(given), dateText))],
  ['date-time', takes(1, 1, (given) => dateTime(given))],
  ['decimal-date-time', takes(1, 1, (given) => toNumber(given.value(0)))],
  ['decimal-time', takes(1, 1, decimalTime)],
  ['format-date', takes(2, 2, (given) => format(momentOf(given), given.text(1)))],
  ['format-date-time', takes(2, 2, (given) => format(momentOf(given), given.text(1)))],
];

/** A date or dateTime as it was written; or so many days since 1970, in UTC, to be the same on phone and server. */
function momentOf(given: Arguments): Moment | undefined {
  const value = given.value(0);
  const moment = typeof value === 'number' ? undefined : parseMoment(given.text(0));
  return moment ?? momentAt(toNumber(value));
}

function written(moment: Moment | undefined, write: (moment: Moment) => string): string {
  return moment === undefined ? '' : write(moment);
}

/** What is written as a date or dateTime stays as it is. */
function dateTime(given: Arguments): string {
  const text = given.text(0);
  return parseMoment(text) === undefined ? written(momentOf(given), dateTimeText) : text;
}

/** Noon is 0.5. The time counts as it is written, whatever its offset: it was written where the person is. */
function decimalTime(given: Arguments): number {
  const time = parseTime(given.text(0));
  return time === undefined ? Number.NaN : time.time / DAY_MS;
}

type Piece = (moment: Moment) => string;

const PIECES: ReadonlyMap<string, Piece> = new Map<string, Piece>([
  ['Y', (moment) => padded(moment.year, 4)],
  ['y', (moment) => padded(moment.year % 100, 2)],
  ['m', (moment) => padded(moment.month, 2)],
  ['n', (moment) => String(moment.month)],
  ['b', (moment) => MONTHS[moment.month - 1] ?? ''],
  ['d', (moment) => padded(moment.day, 2)],
  ['e', (moment) => String(moment.day)],
  ['a', (moment) => WEEKDAYS[weekday(moment)] ?? ''],
  ['H', (moment) => padded(clockOf(moment.time).hour, 2)],
  ['h', (moment) => String(clockOf(moment.time).hour)],
  ['M', (moment) => padded(clockOf(moment.time).minute, 2)],
  ['S', (moment) => padded(clockOf(moment.time).second, 2)],
  ['3', (moment) => padded(clockOf(moment.time).millisecond, 3)],
]);

/** `%Y-%m-%d`; `%%` is a percent sign, and what is not known stays as it is written. */
function format(moment: Moment | undefined, pattern: string): string {
  if (moment === undefined) return '';
  return pattern.replace(/%([\s\S])/g, (whole, letter: string) => {
    if (letter === '%') return '%';
    return PIECES.get(letter)?.(moment) ?? whole;
  });
}
