/** Whether a text is a value of its bind type (ODK XForms, "Data Types"). Types not listed take any text. */
import { parseMoment, parseTime } from './dates.ts';
import { textNumber, trimmed } from './values.ts';

const INTEGER = /^-?[0-9]+$/;
const DECIMAL = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;
const GREATEST_INTEGER = 2_147_483_647;
const LEAST_INTEGER = -2_147_483_648;

const CHECKS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['int', isInteger],
  ['integer', isInteger],
  ['decimal', (text: string) => DECIMAL.test(text)],
  ['boolean', (text: string) => ['true', 'false', '1', '0'].includes(text)],
  ['date', (text: string) => parseMoment(text)?.hasTime === false],
  ['dateTime', (text: string) => parseMoment(text)?.hasTime === true],
  ['time', (text: string) => parseTime(text) !== undefined],
  ['geopoint', isPoint],
  ['geotrace', (text: string) => arePoints(text, 2)],
  ['geoshape', isShape],
]);

export function fitsType(type: string, text: string): boolean {
  return CHECKS.get(type)?.(text) ?? true;
}

/** XML Schema's int has 32 bits. */
function isInteger(text: string): boolean {
  const number = Number(text);
  return INTEGER.test(text) && number >= LEAST_INTEGER && number <= GREATEST_INTEGER;
}

/** Latitude and longitude in degrees; then, if known, altitude and accuracy in metres. */
function isPoint(text: string): boolean {
  const numbers = text.split(' ');
  const [latitude, longitude, , accuracy] = numbers.map(textNumber);
  const areNumbers = numbers.length >= 2 && numbers.length <= 4 && numbers.every((number) => DECIMAL.test(number));
  if (!areNumbers || latitude === undefined || longitude === undefined) return false;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (accuracy ?? 0) >= 0;
}

function arePoints(text: string, fewest: number): boolean {
  const points = pointsOf(text);
  return points.length >= fewest && points.every(isPoint);
}

/** At least three points, the last where the first is. */
function isShape(text: string): boolean {
  const points = pointsOf(text);
  const ends = [points[0], points[points.length - 1]].map((point) => (point ?? '').split(' ').slice(0, 2).join(' '));
  return arePoints(text, 3) && ends[0] === ends[1];
}

function pointsOf(text: string): string[] {
  return text
    .split(';')
    .map(trimmed)
    .filter((point) => point !== '');
}
