/**
 * The four kinds of value of XPath 1.0, and how one becomes another (XPath 1.0, sections 3.4 and 4).
 *
 * The one addition is ODK's: a date or dateTime as text is, as a number, the days since 1970-01-01 UTC.
 */
import { daysSinceEpoch } from './dates.ts';
import type { NodeSet, TreeNode } from './tree.ts';

export type Value = string | number | boolean | NodeSet;
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

// XPath's number grammar with its white space: no sign but minus, no exponent, ASCII digits.
const DECIMAL = /^[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*$/;
const SPACE_AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;
const EXPONENT = /^(-?)([0-9])(?:\.([0-9]+))?e([+-][0-9]+)$/;

export function toText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      return value[0]?.text ?? '';
  }
}

export function toNumber(value: Value): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return textNumber(toText(value));
  }
}

export function toTruth(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0 && !Number.isNaN(value);
    default:
      return value.length > 0;
  }
}

/** Without XPath's white space around it. JavaScript's own trim would take a no-break space and a byte order mark too. */
export function trimmed(text: string): string {
  return text.replace(SPACE_AROUND, '');
}

/** The number a text stands for, NaN when it stands for none (blank, `0x1f`, `1_000`, `١٢`). */
export function textNumber(text: string): number {
  const digits = DECIMAL.exec(text)?.[1];
  return digits === undefined ? daysSinceEpoch(text) : Number(digits);
}

/** A number as XPath writes it: never an exponent, never `-0`, no point when it is whole. */
export function numberText(number: number): string {
  const text = Object.is(number, -0) ? '0' : String(number);
  const found = EXPONENT.exec(text);
  if (found === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** XPath 1.0, section 3.4: with node-sets, true when it holds for any node (or pair of nodes). */
export function compare(operator: Comparison, left: Value, right: Value): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return compareKinds(operator, plain(left), plain(right));
  }
  if (typeof left === 'object' && typeof right === 'object') return comparePairs(operator, left, right);
  const others = eachOf(right);
  return eachOf(left).some((one) => others.some((other) => compareKinds(operator, one, other)));
}

type Plain = string | number | boolean;

/** Beside a boolean a whole node-set counts as one boolean. */
function plain(value: Value): Plain {
  return typeof value === 'object' ? toTruth(value) : value;
}

function eachOf(value: Value): readonly Plain[] {
  return typeof value === 'object' ? value.map((node) => node.text) : [value];
}

function compareKinds(operator: Comparison, left: Plain, right: Plain): boolean {
  if (operator === '=') return equal(left, right);
  if (operator === '!=') return !equal(left, right);
  return inOrder(operator, toNumber(left), toNumber(right));
}

function equal(left: Plain, right: Plain): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return toTruth(left) === toTruth(right);
  if (typeof left === 'number' || typeof right === 'number') return toNumber(left) === toNumber(right);
  return left === right;
}

function inOrder(operator: Exclude<Comparison, '=' | '!='>, left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Sets of texts and extremes stand for the pairs, which would grow with the product of the two sizes. */
function comparePairs(operator: Comparison, left: readonly TreeNode[], right: readonly TreeNode[]): boolean {
  if (operator === '=' || operator === '!=') return compareTexts(operator, left, right);
  const rightNumbers = right.map((node) => textNumber(node.text)).filter((number) => !Number.isNaN(number));
  const wantsGreatest = operator === '<' || operator === '<=';
  const extreme = rightNumbers.reduce(
    (best, number) => (wantsGreatest === number > best ? number : best),
    wantsGreatest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
  );
  return rightNumbers.length > 0 && left.some((node) => inOrder(operator, textNumber(node.text), extreme));
}

function compareTexts(operator: '=' | '!=', left: readonly TreeNode[], right: readonly TreeNode[]): boolean {
  const texts = new Set(right.map((node) => node.text));
  if (operator === '=') return left.some((node) => texts.has(node.text));
  return left.some((node) => texts.size > 1 || (texts.size === 1 && !texts.has(node.text)));
}
