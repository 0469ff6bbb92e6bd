/** The functions that are always here, and the one way to call any. `if`, `coalesce` and `once` are evaluate's own. */
import { Arguments, type FunctionMap } from './arguments.ts';
import type { Context } from './context.ts';
import { ExpressionError } from './errors.ts';
import { NODE_FUNCTIONS } from './functions-nodes.ts';
import { SELECT_FUNCTIONS } from './functions-select.ts';
import { TEXT_FUNCTIONS } from './functions-text.ts';
import { TRUTH_FUNCTIONS } from './functions-truth.ts';
import type { Value } from './values.ts';

const functions: FunctionMap = new Map([...TEXT_FUNCTIONS, ...TRUTH_FUNCTIONS, ...NODE_FUNCTIONS, ...SELECT_FUNCTIONS]);

/** The functions that need nothing more; the others are given with the surroundings (functions-later.ts). */
export const PLAIN_FUNCTIONS: ReadonlySet<string> = new Set(['if', 'coalesce', 'once', ...functions.keys()]);

export function callFunction(name: string, values: readonly Value[], context: Context): Value {
  const found = functions.get(name) ?? context.world.surroundings.functions?.get(name);
  if (found === undefined) throw new ExpressionError(name, whyNot(name));
  if (values.length < found.least || values.length > found.most) {
    throw new ExpressionError(name, `${values.length} arguments are given, ${found.least} to ${found.most} are taken`);
  }
  return found.call(new Arguments(name, values, context));
}

function whyNot(name: string): string {
  return PLAIN_FUNCTIONS.has(name) ? 'it is given too few or too many arguments' : 'there is no such function here';
}
