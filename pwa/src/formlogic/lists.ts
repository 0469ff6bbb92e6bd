/**
 * Secondary instances (lists of choices) as trees: document, root element, items, columns.
 *
 * A list may have 100,000 rows: nodes are made when somebody meets them, and items are found by the text of a column
 * from an index that is made when it is first wanted.
 */
import type { ListTable } from './list-tables.ts';
import { DocumentNode, joinedText, TextNode, type TreeNode } from './tree.ts';
import { textNumber } from './values.ts';

/** A list as `instance(id)` gives it. */
export function listDocument(table: ListTable): DocumentNode {
  return new DocumentNode((document) => new ListRoot(table, document));
}

type Items = readonly ListItem[];

export class ListRoot implements TreeNode {
  readonly kind = 'element';
  readonly name = 'root';
  readonly visible = true;
  readonly above: TreeNode;
  readonly table: ListTable;
  readonly #made: (ListItem | undefined)[] = [];
  /** By column, and whether it is looked into for texts or numbers. */
  readonly #indexes = new Map<string, Index>();
  #below: Items | undefined;

  constructor(table: ListTable, above: TreeNode) {
    this.table = table;
    this.above = above;
  }

  get below(): Items {
    this.#below ??= this.table.rows.map((_, row) => this.#item(row));
    return this.#below;
  }

  get text(): string {
    return joinedText(this);
  }

  /** The same array each time. */
  named(name: string): Items {
    return name === 'item' ? this.below : [];
  }

  /** Items whose column has this text, or is this number (NaN is none), in order: the same array each time. */
  whereEqual(column: string, wanted: string | number): Items {
    const found = Number.isNaN(wanted) ? undefined : this.#index(column, typeof wanted).get(wanted);
    if (found === undefined) return [];
    found.items ??= found.rows.map((row) => this.#item(row));
    return found.items;
  }

  #item(row: number): ListItem {
    const made = this.#made[row] ?? new ListItem(this, row);
    this.#made[row] = made;
    return made;
  }

  #index(column: string, kind: string): Index {
    const name = `${kind} ${column}`;
    const index =
      this.#indexes.get(name) ?? indexOf(this.table, column, kind === 'number' ? textNumber : (text) => text);
    this.#indexes.set(name, index);
    return index;
  }
}

type Index = Map<string | number, Found>;

/** Rows with the same text in a column, and the items made of them so far. */
interface Found {
  readonly rows: number[];
  items?: Items;
}

/** Empty for a column that is not there: no item has it. */
function indexOf(table: ListTable, column: string, keyOf: (text: string) => string | number): Index {
  const index: Index = new Map();
  const at = table.columns.indexOf(column);
  if (at < 0) return index;
  table.rows.forEach((texts, row) => {
    const key = keyOf(texts[at] ?? '');
    const found = index.get(key);
    if (found === undefined) index.set(key, { rows: [row] });
    else found.rows.push(row);
  });
  return index;
}

export class ListItem implements TreeNode {
  readonly kind = 'element';
  readonly name = 'item';
  readonly visible = true;
  readonly above: ListRoot;
  /** From 0. */
  readonly row: number;
  #made: (ColumnNode | undefined)[] | undefined;

  constructor(above: ListRoot, row: number) {
    this.above = above;
    this.row = row;
  }

  get below(): readonly ColumnNode[] {
    return this.above.table.columns.map((name, at) => this.#column(name, at));
  }

  get text(): string {
    return this.#texts.join('');
  }

  named(name: string): readonly ColumnNode[] {
    const at = this.above.table.columns.indexOf(name);
    return at < 0 ? [] : [this.#column(name, at)];
  }

  /** The text of a column, '' when there is none, without making a node of it. */
  column(name: string): string {
    return this.#texts[this.above.table.columns.indexOf(name)] ?? '';
  }

  get #texts(): readonly string[] {
    return this.above.table.rows[this.row] ?? [];
  }

  #column(name: string, at: number): ColumnNode {
    this.#made ??= [];
    const made = this.#made[at] ?? new ColumnNode(name, this.#texts[at] ?? '', this);
    this.#made[at] = made;
    return made;
  }
}

/** Items of one list, in the order of its rows. */
export function inRowOrder(items: readonly ListItem[]): Items {
  return [...items].sort((one, other) => one.row - other.row);
}

class ColumnNode implements TreeNode {
  readonly kind = 'element';
  readonly visible = true;
  readonly name: string;
  readonly text: string;
  readonly above: TreeNode;
  #inside: TextNode | undefined;

  constructor(name: string, text: string, above: TreeNode) {
    this.name = name;
    this.text = text;
    this.above = above;
  }

  get below(): readonly TreeNode[] {
    if (this.text === '') return [];
    this.#inside ??= new TextNode(this);
    return [this.#inside];
  }

  named(): readonly TreeNode[] {
    return [];
  }
}
