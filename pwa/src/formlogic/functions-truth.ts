/** Functions of truth. */
import { type FunctionTable, takes } from './arguments.ts';

export const TRUTH_FUNCTIONS: FunctionTable = [
  ['boolean', takes(1, 1, (given) => given.truth(0))],
  ['not', takes(1, 1, (given) => !given.truth(0))],
  ['true', takes(0, 0, () => true)],
  ['false', takes(0, 0, () => false)],
  ['boolean-from-string', takes(1, 1, (given) => ['true', '1'].includes(given.text(0)))],
];
