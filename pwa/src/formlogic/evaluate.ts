/**
 * Evaluates expression trees: XPath 1.0 with ODK's functions.
 *
 * What is not relevant is left out where a path ends, and only there (JavaRosa): steps lead through it, and `r[2]` is
 * the same instance whether the first one shows or not.
 */
import { isReverse, select } from './axes.ts';
import type { Context } from './context.ts';
import { ExpressionError } from './errors.ts';
import {
  type Axis,
  type Binary,
  type BinaryOperator,
  type Call,
  type Expr,
  isBinary,
  type Path,
  type Step,
} from './expression.ts';
import { callFunction } from './functions.ts';
import { ListRoot } from './lists.ts';
import { lookUp } from './lookup.ts';
import { inDocumentOrder, type NodeSet, type TreeNode } from './tree.ts';
import { compare, toNumber, toText, toTruth, type Value } from './values.ts';

/** The value of an expression; raises ExpressionError where its author asked for what does not exist. */
export function evaluate(expr: Expr, context: Context): Value {
  switch (expr[0]) {
    case 'num':
      return Number(expr[1]);
    case 'str':
      return expr[1];
    case 'neg':
      return -toNumber(evaluate(expr[1], context));
    case 'call':
      return evaluateCall(expr, context);
    case 'filter': {
      const [, filtered, ...predicates] = expr;
      return keep(nodesOf('filter', filtered, context), predicates, context);
    }
    case 'path':
      return visibleOf(nodesAlong(expr, context));
    default:
      return evaluateBinary(expr, context);
  }
}

/** The functions that expressions may call; publication refuses all others. */
export { PLAIN_FUNCTIONS } from './functions.ts';

/** Goes down the left in a loop: a sum of a thousand questions is a thousand levels deep there. */
function evaluateBinary(expr: Binary, context: Context): Value {
  const chain: Binary[] = [];
  let leftmost: Expr = expr;
  while (isBinary(leftmost)) {
    chain.push(leftmost);
    leftmost = leftmost[1];
  }
  let value = evaluate(leftmost, context);
  for (let link = chain.pop(); link !== undefined; link = chain.pop()) {
    const [operator, , right] = link;
    value = operate(operator, value, right, context);
  }
  return value;
}

function operate(operator: BinaryOperator, left: Value, right: Expr, context: Context): Value {
  switch (operator) {
    case 'or':
      return toTruth(left) || toTruth(evaluate(right, context));
    case 'and':
      return toTruth(left) && toTruth(evaluate(right, context));
    case '|':
      return inDocumentOrder([...asNodes(operator, left), ...nodesOf(operator, right, context)]);
    case '+':
    case '-':
    case '*':
    case 'div':
    case 'mod':
      return calculate(operator, toNumber(left), toNumber(evaluate(right, context)));
    default:
      return compare(operator, left, evaluate(right, context));
  }
}

/** IEEE 754; `mod` truncates, its sign is that of the dividend. */
function calculate(operator: '+' | '-' | '*' | 'div' | 'mod', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case 'div':
      return left / right;
    case 'mod':
      return left % right;
  }
}

/** `if`, `coalesce` and `once` look at an argument only when it is wanted: it may be costly, or use up a uuid. */
function evaluateCall([, name, ...given]: Call, context: Context): Value {
  const [first, second, third] = given;
  if (name === 'if' && first && second && third && given.length === 3) {
    return evaluate(toTruth(evaluate(first, context)) ? second : third, context);
  }
  if (name === 'coalesce' && first && second && given.length === 2) {
    return toText(evaluate(first, context)) || toText(evaluate(second, context));
  }
  if (name === 'once' && first && given.length === 1) return context.current.text || toText(evaluate(first, context));
  // Its indexes count hidden instances too.
  const evaluateGiven = name === 'indexed-repeat' ? evaluateToAll : evaluate;
  const values = given.map((argument) => evaluateGiven(argument, context));
  return callFunction(name, values, context);
}

function evaluateToAll(expr: Expr, context: Context): Value {
  return expr[0] === 'path' ? nodesAlong(expr, context) : evaluate(expr, context);
}

/** Hidden ones too. */
function nodesAlong([, start, ...steps]: Path, context: Context): NodeSet {
  return walkPath(startOf(start, context), steps, context);
}

function visibleOf(nodes: NodeSet): NodeSet {
  return nodes.every((node) => node.visible) ? nodes : nodes.filter((node) => node.visible);
}

function startOf(start: '/' | '.' | Expr, context: Context): NodeSet {
  if (start === '/') return [context.world.document];
  if (start === '.') return [context.node];
  return nodesOf('path', start, context);
}

/** From nodes side by side these axes lead to nodes side by side, in order and each once. */
const ORDERLY: ReadonlySet<Axis> = new Set(['child', 'attribute', 'self']);

function walkPath(start: NodeSet, steps: readonly Step[], context: Context): NodeSet {
  let nodes = start;
  let sideBySide = start.length < 2;
  for (const step of steps) {
    const found = nodes.length === 1 ? stepFrom(nodes[0], step, context) : stepFromEach(nodes, step, context);
    const isOrderly = sideBySide && ORDERLY.has(step[0]);
    nodes = isOrderly || nodes.length < 2 ? found : inDocumentOrder(found);
    sideBySide = isOrderly || nodes.length < 2;
  }
  return nodes;
}

function stepFromEach(nodes: NodeSet, step: Step, context: Context): NodeSet {
  return nodes.flatMap((node) => [...stepFrom(node, step, context)]);
}

/** In document order; predicates count in the order of the axis. */
function stepFrom(node: TreeNode | undefined, [axis, test, ...predicates]: Step, context: Context): NodeSet {
  if (node === undefined) return [];
  if (node instanceof ListRoot && axis === 'child' && test === 'item') return itemsFrom(node, predicates, context);
  const kept = keep(select(node, axis, test), predicates, context);
  return isReverse(axis) ? [...kept].reverse() : kept;
}

/** As stepFrom, with an index where the first predicate is an equality. */
function itemsFrom(list: ListRoot, predicates: readonly Expr[], context: Context): NodeSet {
  const [first, ...rest] = predicates;
  const candidates = first && lookUp(list, first, (expr) => evaluate(expr, context));
  if (candidates === undefined) return keep(list.below, predicates, context);
  return keep(candidates.items, candidates.areFinal ? rest : predicates, context);
}

/** The nodes for which each predicate holds, one predicate after the other. */
function keep(nodes: NodeSet, predicates: readonly Expr[], context: Context): NodeSet {
  let kept = nodes;
  for (const predicate of predicates) {
    const size = kept.length;
    kept = kept.filter((node, index) => {
      const position = index + 1;
      const value = evaluate(predicate, { world: context.world, current: context.current, node, position, size });
      return typeof value === 'number' ? value === position : toTruth(value);
    });
  }
  return kept;
}

function nodesOf(wantedBy: string, expr: Expr, context: Context): NodeSet {
  return asNodes(wantedBy, evaluate(expr, context));
}

function asNodes(wantedBy: string, value: Value): NodeSet {
  if (typeof value !== 'object') throw new ExpressionError(wantedBy, 'a path was expected, not a value');
  return value;
}
