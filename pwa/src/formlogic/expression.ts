/** Expression trees: XPath, parsed by the server, as JSON arrays (`["+", ["num","1"], ["path",".",…]]`). */

const AXES = [
  'child',
  'parent',
  'self',
  'attribute',
  'descendant',
  'descendant-or-self',
  'ancestor',
  'ancestor-or-self',
  'following-sibling',
  'preceding-sibling',
  'following',
  'preceding',
] as const;
const BINARY_OPERATORS = ['or', 'and', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'div', 'mod', '|'] as const;

export type Axis = (typeof AXES)[number];
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export type Binary = readonly [BinaryOperator, Expr, Expr];
export type Call = readonly ['call', string, ...Expr[]];
export type Filter = readonly ['filter', Expr, ...Expr[]];
/** Starts at the document (`/`), at the context node (`.`) or at the nodes of an expression. */
export type Path = readonly ['path', '/' | '.' | Expr, ...Step[]];
/** Axis, test (a name, `*`, `node()` or `text()`), predicates. */
export type Step = readonly [Axis, string, ...Expr[]];
export type Expr =
  | readonly ['num', string]
  | readonly ['str', string]
  | readonly ['neg', Expr]
  | Binary
  | Call
  | Filter
  | Path;

const axes: ReadonlySet<unknown> = new Set(AXES);
const binaryOperators: ReadonlySet<unknown> = new Set(BINARY_OPERATORS);

/**
 * True when the value is an expression tree all the way down.
 *
 * Walks with a list of its own: a sum of a thousand questions is a thousand levels deep.
 */
export function isExpr(value: unknown): value is Expr {
  const pending = [value];
  while (pending.length > 0) {
    const inner = operandsOf(pending.pop());
    if (inner === undefined) return false;
    for (const operand of inner) pending.push(operand);
  }
  return true;
}

/** True when it joins two expressions with an operator. */
export function isBinary(expr: Expr): expr is Binary {
  return binaryOperators.has(expr[0]);
}

/** True when this function is called anywhere in the expression. */
export function calls(expr: Expr, functionName: string): boolean {
  for (const next of inner(expr))
    if (Array.isArray(next) && next[0] === 'call' && next[1] === functionName) return true;
  return false;
}

/** The ids of the lists that an expression reads, as far as they are written in it. */
export function listsNamedIn(expr: Expr): string[] {
  const found: string[] = [];
  for (const next of inner(expr)) {
    const [head, name, id]: unknown[] = Array.isArray(next) ? next : [];
    const written: unknown = Array.isArray(id) && id[0] === 'str' ? id[1] : undefined;
    if (head === 'call' && name === 'instance' && typeof written === 'string') found.push(written);
  }
  return found;
}

/** The expression and all inside it. */
function* inner(expr: Expr): Generator<unknown> {
  const pending: unknown[] = [expr];
  while (pending.length > 0) {
    const next = pending.pop();
    yield next;
    pending.push(...(operandsOf(next) ?? []));
  }
}

/** The expressions directly inside, undefined when this is no expression. */
function operandsOf(value: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [head, first, ...rest]: unknown[] = value;
  const isLeaf = head === 'num' || head === 'str';
  if (isLeaf) return typeof first === 'string' && rest.length === 0 ? [] : undefined;
  if (head === 'neg') return rest.length === 0 ? [first] : undefined;
  if (head === 'call') return typeof first === 'string' ? rest : undefined;
  if (head === 'filter') return [first, ...rest];
  if (head === 'path') return operandsOfPath(first, rest);
  return binaryOperators.has(head) && rest.length === 1 ? [first, rest[0]] : undefined;
}

function operandsOfPath(start: unknown, steps: readonly unknown[]): readonly unknown[] | undefined {
  const operands: unknown[] = start === '/' || start === '.' ? [] : [start];
  for (const step of steps) {
    if (!Array.isArray(step)) return undefined;
    const [axis, test, ...predicates]: unknown[] = step;
    if (!axes.has(axis) || typeof test !== 'string') return undefined;
    operands.push(...predicates);
  }
  return operands;
}
