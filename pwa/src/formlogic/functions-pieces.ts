/** Functions that cut texts to pieces. Positions count code points, never halves of one. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';

export const PIECE_FUNCTIONS: FunctionTable = [
  ['ends-with', takes(2, 2, (given) => given.text(0).endsWith(given.text(1)))],
  ['substring-before', takes(2, 2, substringBefore)],
  ['substring-after', takes(2, 2, substringAfter)],
  ['substring', takes(2, 3, substring)],
  ['substr', takes(2, 3, substr)],
  ['translate', takes(3, 3, translate)],
];

function substringBefore(given: Arguments): string {
  const at = given.text(0).indexOf(given.text(1));
  return at < 0 ? '' : given.text(0).slice(0, at);
}

function substringAfter(given: Arguments): string {
  const at = given.text(0).indexOf(given.text(1));
  return at < 0 ? '' : given.text(0).slice(at + given.text(1).length);
}

/** XPath 1.0, section 4.2: from 1, rounded; what is not a number takes nothing. */
function substring(given: Arguments): string {
  const start = Math.round(given.number(1));
  const end = given.count === 3 ? start + Math.round(given.number(2)) : Number.POSITIVE_INFINITY;
  return [...given.text(0)].filter((_, index) => index + 1 >= start && index + 1 < end).join('');
}

/** ODK: from 0, the end left out; below 0 counts from the end. */
function substr(given: Arguments): string {
  const points = [...given.text(0)];
  return points.slice(given.number(1), given.count === 3 ? given.number(2) : undefined).join('');
}

function translate(given: Arguments): string {
  const from = [...given.text(1)];
  const to = [...given.text(2)];
  const replacements = new Map<string, string>();
  from.forEach((point, index) => {
    if (!replacements.has(point)) replacements.set(point, to[index] ?? '');
  });
  return [...given.text(0)].map((point) => replacements.get(point) ?? point).join('');
}
