/** Functions that few forms call. The app fetches them, all together, for a form that does. */
import type { FunctionMap } from './arguments.ts';
import { CHECK_FUNCTIONS } from './functions-checks.ts';
import { DATE_FUNCTIONS } from './functions-dates.ts';
import { NUMBER_FUNCTIONS } from './functions-numbers.ts';
import { PIECE_FUNCTIONS } from './functions-pieces.ts';

export const LATER_FUNCTIONS: FunctionMap = new Map([
  ...CHECK_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...PIECE_FUNCTIONS,
]);
