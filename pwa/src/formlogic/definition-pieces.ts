/** What a logic and a text pack have in common: a format, the name of a form, expressions. */
import { type Fields, recordOf, textOf } from './border.ts';
import { DefinitionError } from './errors.ts';
import { type Expr, isExpr } from './expression.ts';

export interface FormName {
  readonly id: string;
  readonly version: string;
}

const FORMAT = 1;

export function checkFormat(fields: Fields, place: string): void {
  const format = fields.get('format');
  if (format !== FORMAT)
    throw new DefinitionError(place, `format ${String(format)} is not known; this app reads format ${FORMAT}`);
}

export function parseFormName(value: unknown): FormName {
  const fields = recordOf(value, 'form');
  return { id: textOf(fields.get('id'), 'form.id'), version: textOf(fields.get('version'), 'form.version') };
}

export function exprOf(value: unknown, place: string): Expr {
  if (!isExpr(value)) throw new DefinitionError(place, 'this is not an expression tree');
  return value;
}
