/** Functions of text. Lengths and positions count code points, never halves of one. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import { toText } from './values.ts';

// XPath's white space; a no-break space or a byte order mark is a character like any other.
const SPACES = /[ \t\r\n]+/;

export const TEXT_FUNCTIONS: FunctionTable = [
  ['string', takes(0, 1, (given) => given.textOrContext())],
  ['concat', takes(1, Number.POSITIVE_INFINITY, (given) => given.plainFrom(0).map(toText).join(''))],
  ['join', takes(1, Number.POSITIVE_INFINITY, (given) => given.plainFrom(1).map(toText).join(given.text(0)))],
  ['starts-with', takes(2, 2, (given) => given.text(0).startsWith(given.text(1)))],
  ['contains', takes(2, 2, (given) => given.text(0).includes(given.text(1)))],
  ['string-length', takes(0, 1, (given) => [...given.textOrContext()].length)],
  ['normalize-space', takes(0, 1, (given) => words(given.textOrContext()).join(' '))],
  ['uuid', takes(0, 1, uuid)],
];

/** The items of a space-separated list, as a select stores them. */
export function words(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '');
}

/** With a number: as many characters of chance. */
function uuid(given: Arguments): string {
  const { surroundings } = given.context.world;
  if (given.count === 0) return surroundings.uuid();
  const length = Math.min(given.number(0), LONGEST_UUID_CHARACTERS);
  let text = '';
  while (text.length < length) text += surroundings.uuid().replaceAll('-', '');
  return text.slice(0, Math.max(0, length));
}

const LONGEST_UUID_CHARACTERS = 1024;
