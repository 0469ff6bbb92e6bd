/** Functions of answers to selects, which are lists of values with spaces between. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import { words } from './functions-text.ts';
import { trimmed } from './values.ts';

export const SELECT_FUNCTIONS: FunctionTable = [
  ['selected', takes(2, 2, selected)],
  ['selected-at', takes(2, 2, (given) => words(given.text(0))[Math.floor(given.number(1))] ?? '')],
  ['count-selected', takes(1, 1, (given) => words(given.text(0)).length)],
  ['jr:choice-name', takes(2, 2, choiceName)],
];

/** A blank value is chosen where nothing is: forms ask so for a blank (JavaRosa). */
function selected(given: Arguments): boolean {
  const chosen = words(given.text(0));
  const value = trimmed(given.text(1));
  return chosen.length === 0 ? value === '' : chosen.includes(value);
}

/** The question comes as a path in quotes, which XPath cannot follow by itself. */
function choiceName(given: Arguments): string {
  const question = given.value(1);
  const named = typeof question === 'object' ? question[0] : given.text(1);
  return given.context.world.choiceName(given.text(0), named, given.context);
}
