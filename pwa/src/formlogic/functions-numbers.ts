/** Functions of numbers. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import { numberText, toNumber } from './values.ts';

const MANY = Number.POSITIVE_INFINITY;

export const NUMBER_FUNCTIONS: FunctionTable = [
  ['number', takes(0, 1, (given) => (given.count === 0 ? toNumber(given.context.node.text) : given.number(0)))],
  ['floor', takes(1, 1, (given) => Math.floor(given.number(0)))],
  ['ceiling', takes(1, 1, (given) => Math.ceil(given.number(0)))],
  ['round', takes(1, 2, round)],
  ['int', takes(1, 1, (given) => Math.trunc(given.number(0)))],
  ['abs', takes(1, 1, (given) => Math.abs(given.number(0)))],
  ['sum', takes(1, 1, sum)],
  ['min', takes(1, MANY, (given) => extreme(given, Math.min))],
  ['max', takes(1, MANY, (given) => extreme(given, Math.max))],
  ['pow', takes(2, 2, (given) => power(given.number(0), given.number(1)))],
  ['sqrt', takes(1, 1, (given) => Math.sqrt(given.number(0)))],
  ['exp', takes(1, 1, (given) => Math.exp(given.number(0)))],
  ['exp10', takes(1, 1, (given) => 10 ** given.number(0))],
  ['log', takes(1, 1, (given) => Math.log(given.number(0)))],
  ['log10', takes(1, 1, (given) => Math.log10(given.number(0)))],
  ['sin', takes(1, 1, (given) => Math.sin(given.number(0)))],
  ['cos', takes(1, 1, (given) => Math.cos(given.number(0)))],
  ['tan', takes(1, 1, (given) => Math.tan(given.number(0)))],
  ['asin', takes(1, 1, (given) => Math.asin(given.number(0)))],
  ['acos', takes(1, 1, (given) => Math.acos(given.number(0)))],
  ['atan', takes(1, 1, (given) => Math.atan(given.number(0)))],
  ['atan2', takes(2, 2, (given) => Math.atan2(given.number(0), given.number(1)))],
  ['pi', takes(0, 0, () => Math.PI)],
  ['random', takes(0, 0, (given) => given.context.world.surroundings.random())],
];

/** ODK: a blank answer counts as nothing; any other text that is no number makes it not a number. */
function sum(given: Arguments): number {
  const texts = given.nodes(0).map((node) => node.text);
  return texts.filter((text) => text !== '').reduce((total, text) => total + toNumber(text), 0);
}

/** Halves go up (XPath 1.0, section 4.4). With decimals the number is taken as it is written: 1.005 to 2 places is 1.01. */
function round(given: Arguments): number {
  const number = given.number(0);
  const places = given.count === 2 ? Math.trunc(given.number(1)) : 0;
  if (!Number.isFinite(places)) return Number.NaN;
  if (places === 0 || !Number.isFinite(number)) return Math.round(number);
  const shifted = Math.round(Number(`${numberText(number)}e${places}`));
  return Number.isFinite(shifted) ? Number(`${numberText(shifted)}e${-places}`) : number;
}

/** XPath 3.0: not a number as soon as one is not; not a number also of nothing. */
function extreme(given: Arguments, best: (...numbers: number[]) => number): number {
  const numbers = given.plainFrom(0).map(toNumber);
  return numbers.length === 0 ? Number.NaN : numbers.reduce((one, other) => best(one, other));
}

/** XPath 3.0 follows IEEE 754: 1 to any power, and -1 to an endless one, is 1; JavaScript says NaN. */
function power(base: number, exponent: number): number {
  const isEndless = exponent === Number.POSITIVE_INFINITY || exponent === Number.NEGATIVE_INFINITY;
  return base === 1 || (base === -1 && isEndless) ? 1 : base ** exponent;
}
