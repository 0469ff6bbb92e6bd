/** What a function was given, read as the kind that the function wants; and the table that functions stand in. */
import type { Context } from './context.ts';
import { ExpressionError } from './errors.ts';
import type { NodeSet } from './tree.ts';
import { toNumber, toText, toTruth, type Value } from './values.ts';

export interface XPathFunction {
  /** Fewest and most arguments. */
  readonly least: number;
  readonly most: number;
  readonly call: (given: Arguments) => Value;
}

export type FunctionMap = ReadonlyMap<string, XPathFunction>;

export type FunctionTable = readonly (readonly [name: string, definition: XPathFunction])[];

export function takes(least: number, most: number, call: (given: Arguments) => Value): XPathFunction {
  return { least, most, call };
}

export class Arguments {
  readonly name: string;
  readonly values: readonly Value[];
  readonly context: Context;

  constructor(name: string, values: readonly Value[], context: Context) {
    this.name = name;
    this.values = values;
    this.context = context;
  }

  get count(): number {
    return this.values.length;
  }

  value(index: number): Value {
    const value = this.values[index];
    if (value === undefined) throw new ExpressionError(this.name, `argument ${index + 1} is missing`);
    return value;
  }

  text(index: number): string {
    return toText(this.value(index));
  }

  number(index: number): number {
    return toNumber(this.value(index));
  }

  truth(index: number): boolean {
    return toTruth(this.value(index));
  }

  nodes(index: number): NodeSet {
    const value = this.value(index);
    if (typeof value !== 'object') {
      throw new ExpressionError(this.name, `argument ${index + 1} must be a path, not a value`);
    }
    return value;
  }

  /** The first argument as text, or the context node's where none is given. */
  textOrContext(): string {
    return this.count === 0 ? this.context.node.text : this.text(0);
  }

  /** All arguments from this one on, each node of a node-set by itself. */
  plainFrom(index: number): (string | number | boolean)[] {
    return this.values
      .slice(index)
      .flatMap((value) => (typeof value === 'object' ? value.map((node) => node.text) : value));
  }
}
