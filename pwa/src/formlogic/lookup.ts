/**
 * Items of a list by their columns, `item[district = current()/../district]`, found from an index instead of tried one
 * by one: a cascade over 30,000 rows must not be a scan at every keystroke.
 */
import { calls, type Expr, isBinary } from './expression.ts';
import { inRowOrder, type ListItem, type ListRoot } from './lists.ts';
import type { Value } from './values.ts';

/** Items of which alone the predicate can be true. */
export interface Candidates {
  readonly items: readonly ListItem[];
  /** True when the predicate is nothing but the equality: then it is true of all of them. */
  readonly areFinal: boolean;
}

interface Equality {
  readonly column: string;
  /** The side that is the same for every item. */
  readonly wanted: Expr;
}

/** Undefined when the predicate has no equality that an index could answer. */
export function lookUp(list: ListRoot, predicate: Expr, evaluate: (expr: Expr) => Value): Candidates | undefined {
  const terms = termsOf(predicate);
  const isOfPlace = terms.length > 1 && (calls(predicate, 'position') || calls(predicate, 'last'));
  const equality = isOfPlace ? undefined : firstOf(terms, equalityOf);
  const wanted = equality && evaluate(equality.wanted);
  // Beside a boolean a column counts as one: true where it is there.
  if (equality === undefined || wanted === undefined || typeof wanted === 'boolean') return undefined;
  return { items: itemsOf(list, equality.column, wanted), areFinal: terms.length === 1 };
}

function itemsOf(list: ListRoot, column: string, wanted: Exclude<Value, boolean>): readonly ListItem[] {
  if (typeof wanted !== 'object') return list.whereEqual(column, wanted);
  const texts = [...new Set(wanted.map((node) => node.text))];
  const [only = ''] = texts;
  if (texts.length < 2) return texts.length === 0 ? [] : list.whereEqual(column, only);
  return inRowOrder(texts.flatMap((text) => list.whereEqual(column, text)));
}

/** The terms of `a and b and c`; the expression itself when it is no such chain. */
function termsOf(expr: Expr): Expr[] {
  const terms: Expr[] = [];
  let left = expr;
  while (isBinary(left) && left[0] === 'and') {
    terms.unshift(left[2]);
    left = left[1];
  }
  return [left, ...terms];
}

function equalityOf(term: Expr): Equality | undefined {
  if (!isBinary(term) || term[0] !== '=') return undefined;
  const [, left, right] = term;
  const column = columnOf(left);
  if (column !== undefined && !dependsOnItem(right)) return { column, wanted: right };
  const other = columnOf(right);
  return other === undefined || dependsOnItem(left) ? undefined : { column: other, wanted: left };
}

/** The name of the item's child that a path means. */
function columnOf(expr: Expr): string | undefined {
  if (expr[0] !== 'path') return undefined;
  const [, start, step, ...further] = expr;
  if (start !== '.' || step === undefined || further.length > 0) return undefined;
  const [axis, test, ...predicates] = step;
  const isName = test !== '*' && !test.endsWith('()');
  return axis === 'child' && isName && predicates.length === 0 ? test : undefined;
}

/** Functions that, given nothing, look at the context. */
const OF_CONTEXT = ['position', 'last', 'string', 'number', 'string-length', 'normalize-space', 'name', 'local-name'];
/** Functions that give another value each time. */
const CHANCE = ['random', 'uuid'];

/** Whether an expression may have another value for another item. Within its own predicates `.` is another node. */
function dependsOnItem(expr: Expr): boolean {
  const pending: Expr[] = [expr];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next[0] === 'path' && next[1] === '.') return true;
    if (next[0] === 'call' && OF_CONTEXT.includes(next[1]) && next.length === 2) return true;
    pending.push(...sameContext(next));
  }
  return CHANCE.some((name) => calls(expr, name));
}

/** The expressions inside that are evaluated with the same context node. */
function sameContext(expr: Expr): readonly Expr[] {
  switch (expr[0]) {
    case 'num':
    case 'str':
      return [];
    case 'neg':
    case 'filter':
      return [expr[1]];
    case 'path':
      return expr[1] === '/' || expr[1] === '.' ? [] : [expr[1]];
    case 'call': {
      const [, , ...given] = expr;
      return given;
    }
    default:
      return [expr[1], expr[2]];
  }
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
