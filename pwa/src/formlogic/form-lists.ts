/** The lists that one response can reach: those of its logic, and those that came by themselves. */
import type { ListTable, Logic } from './definition.ts';
import { type Expr, listsNamedIn } from './expression.ts';
import { listDocument } from './lists.ts';
import type { DocumentNode } from './tree.ts';

const EMPTY: ListTable = { columns: [], rows: [] };

export class FormLists {
  readonly #tables: ReadonlyMap<string, ListTable>;
  readonly #missing: ReadonlySet<string>;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(logic: Logic, given: ReadonlyMap<string, ListTable>) {
    const files = [...logic.listFiles.keys()];
    this.#tables = new Map([...files.map((id) => [id, given.get(id) ?? EMPTY] as const), ...logic.lists]);
    this.#missing = new Set(files.filter((id) => !given.has(id)));
  }

  /** Undefined when the form has no such list; empty when it is not here. */
  document(id: string): DocumentNode | undefined {
    const known = this.#documents.get(id);
    const table = this.#tables.get(id);
    if (known !== undefined || table === undefined) return known;
    const made = listDocument(table);
    this.#documents.set(id, made);
    return made;
  }

  /** Whether an expression reads a list that is not here: then nobody knows what it would have found. */
  isMissingIn(expression: Expr): boolean {
    return this.#missing.size > 0 && listsNamedIn(expression).some((id) => this.#missing.has(id));
  }
}
