/**
 * What the server compiled: a form's logic and its texts in one language.
 *
 * The bytes were checked against their hash, but they still come from outside: they are parsed here, once,
 * and everything past this file trusts its types. Keys that a form's author chose live in Maps.
 */

import { entriesOf, type Fields, listOf, oneOf, optional, recordOf, textOf, wholeNumberOf } from './border.ts';
import { DefinitionError } from './errors.ts';
import { type Expr, isExpr } from './expression.ts';

export type { Axis, BinaryOperator, Expr, Step } from './expression.ts';

const KINDS = ['group', 'repeat', 'leaf'] as const;
const CONTROLS = ['input', 'select1', 'select', 'note', 'group', 'repeat'] as const;
const SET_EVENTS = ['first-load', 'new-repeat'] as const;
const PRELOADS = ['uid', 'deviceid', 'username'] as const;
const ORDER_KINDS = ['calculate', 'relevant'] as const;

export type Kind = (typeof KINDS)[number];
export type Control = (typeof CONTROLS)[number];
export type SetEvent = (typeof SET_EVENTS)[number];
export type Preload = (typeof PRELOADS)[number];
export type OrderKind = (typeof ORDER_KINDS)[number];

/** A node that an expression reads; `node` -1 is anything, `scope` is the repeat whose same instance is shared (0: none). */
export interface Use {
  readonly node: number;
  readonly scope: number;
}

/** Where a select takes its items from: an expression for the items, and the names of two of their children. */
export interface ChoiceSource {
  readonly nodes: Expr;
  readonly value: string;
  readonly text: string;
}

export interface SetValue {
  readonly event: SetEvent;
  readonly value: Expr;
}

/** One node of the form's tree, as the author wrote it; an InstanceNode is one node of an answered tree. */
export interface NodeDefinition {
  /** Its number in `Logic.nodes`. */
  readonly number: number;
  /** `@name` for an attribute. */
  readonly name: string;
  /** The parent's number; -1 for the root element. */
  readonly parent: number;
  readonly kind: Kind;
  /** XForms bind type; `string` where the form gives none. */
  readonly type: string;
  /** Absent: not shown to a person. */
  readonly control: Control | undefined;
  readonly appearance: string;
  /** Text at the start, of a leaf. */
  readonly value: string;
  /** Instances present at the start, of a repeat. */
  readonly initial: number;
  readonly relevant: Expr | undefined;
  readonly required: Expr | undefined;
  readonly constraint: Expr | undefined;
  readonly readonly: Expr | undefined;
  readonly calculate: Expr | undefined;
  readonly uses: { readonly calculate: readonly Use[]; readonly relevant: readonly Use[] };
  readonly volatile: boolean;
  readonly choices: ChoiceSource | undefined;
  readonly texts: { readonly [which in TextKind]: string | undefined };
  readonly set: readonly SetValue[];
  /** What the surroundings put in when a response is begun. */
  readonly preload: Preload | undefined;
}

export type TextKind = 'label' | 'hint' | 'constraint_message' | 'required_message';

/** A row of a secondary instance: column name to text. */
export type ListItem = ReadonlyMap<string, string>;

export interface OrderEntry {
  readonly node: number;
  readonly kind: OrderKind;
}

export interface Logic {
  readonly form: FormName;
  /** Pre-order; the first is the root element. */
  readonly nodes: readonly NodeDefinition[];
  readonly lists: ReadonlyMap<string, readonly ListItem[]>;
  /** Dependencies first; a group's relevance before its children's. */
  readonly order: readonly OrderEntry[];
}

export interface FormName {
  readonly id: string;
  readonly version: string;
}

/** A text to show: its pieces (written, or computed), and the language that it is really in. */
export interface PackText {
  readonly parts: readonly (string | Expr)[];
  readonly lang: string;
}

/** All texts of one form in one language. */
export interface TextPack {
  readonly form: FormName;
  /** BCP 47. */
  readonly lang: string;
  readonly title: PackText;
  readonly texts: ReadonlyMap<string, PackText>;
}

const FORMAT = 1;

/** Parse a compiled logic (the outcome of JSON.parse); raises DefinitionError naming the place that is wrong. */
export function parseLogic(value: unknown): Logic {
  const fields = recordOf(value, 'logic');
  checkFormat(fields, 'logic');
  const nodes = listOf(fields.get('nodes'), 'nodes').map(parseNode);
  const order = listOf(fields.get('order'), 'order').map((entry, index) => parseOrder(entry, index, nodes.length));
  if (nodes[0]?.parent !== -1) throw new DefinitionError('nodes[0]', 'the root element must come first');
  return { form: parseFormName(fields.get('form')), nodes, lists: parseLists(fields.get('lists')), order };
}

/** Parse a text pack (the outcome of JSON.parse); raises DefinitionError naming the place that is wrong. */
export function parseTextPack(value: unknown): TextPack {
  const fields = recordOf(value, 'text pack');
  checkFormat(fields, 'text pack');
  const lang = textOf(fields.get('lang'), 'lang');
  const texts = new Map<string, PackText>();
  for (const [id, text] of entriesOf(fields.get('texts'), 'texts')) texts.set(id, parseText(text, lang, id));
  return { form: parseFormName(fields.get('form')), lang, title: parseText(fields.get('title'), lang, 'title'), texts };
}

function checkFormat(fields: Fields, place: string): void {
  const format = fields.get('format');
  if (format !== FORMAT)
    throw new DefinitionError(place, `format ${String(format)} is not known; this app reads format ${FORMAT}`);
}

function parseFormName(value: unknown): FormName {
  const fields = recordOf(value, 'form');
  return { id: textOf(fields.get('id'), 'form.id'), version: textOf(fields.get('version'), 'form.version') };
}

function parseNode(value: unknown, number: number): NodeDefinition {
  const place = `nodes[${number}]`;
  const fields = recordOf(value, place);
  const text = (key: string): string | undefined =>
    optional(fields.get(key), (given) => textOf(given, `${place}.${key}`));
  const expression = (key: string): Expr | undefined =>
    optional(fields.get(key), (given) => exprOf(given, `${place}.${key}`));
  return {
    number,
    name: textOf(fields.get('name'), `${place}.name`),
    parent: parseParent(fields.get('parent'), number, place),
    kind: oneOf(KINDS, fields.get('kind'), `${place}.kind`),
    type: text('type') ?? 'string',
    control: optional(fields.get('control'), (given) => oneOf(CONTROLS, given, `${place}.control`)),
    appearance: text('appearance') ?? '',
    value: text('value') ?? '',
    initial: optional(fields.get('initial'), (given) => wholeNumberOf(given, `${place}.initial`)) ?? 0,
    relevant: expression('relevant'),
    required: expression('required'),
    constraint: expression('constraint'),
    readonly: expression('readonly'),
    calculate: expression('calculate'),
    uses: parseUses(fields.get('uses'), place),
    volatile: fields.get('volatile') === true,
    choices: optional(fields.get('choices'), (given) => parseChoices(given, `${place}.choices`)),
    texts: {
      label: text('label'),
      hint: text('hint'),
      constraint_message: text('constraint_message'),
      required_message: text('required_message'),
    },
    set: (optional(fields.get('set'), (given) => listOf(given, `${place}.set`)) ?? []).map((entry) =>
      parseSet(entry, place),
    ),
    preload: optional(fields.get('preload'), (given) => oneOf(PRELOADS, given, `${place}.preload`)),
  };
}

/** Parents come before their children: so one pass over the nodes builds the tree. */
function parseParent(value: unknown, number: number, place: string): number {
  const parent = optional(value, (given) => wholeNumberOf(given, `${place}.parent`)) ?? -1;
  const inOrder = number === 0 ? parent === -1 : parent >= 0 && parent < number;
  if (!inOrder) throw new DefinitionError(`${place}.parent`, `${parent} is not a node before this one`);
  return parent;
}

function parseUses(value: unknown, place: string): NodeDefinition['uses'] {
  const fields: Fields = value === undefined ? new Map() : recordOf(value, `${place}.uses`);
  const read = (key: OrderKind): Use[] => {
    const uses = optional(fields.get(key), (given) => listOf(given, `${place}.uses.${key}`)) ?? [];
    return uses.map((use) => parseUse(use, `${place}.uses.${key}`));
  };
  return { calculate: read('calculate'), relevant: read('relevant') };
}

function parseUse(value: unknown, place: string): Use {
  const [node, scope] = listOf(value, place);
  if (node === -1) return { node, scope: 0 };
  return { node: wholeNumberOf(node, place), scope: wholeNumberOf(scope, place) };
}

function parseChoices(value: unknown, place: string): ChoiceSource {
  const fields = recordOf(value, place);
  return {
    nodes: exprOf(fields.get('nodes'), `${place}.nodes`),
    value: textOf(fields.get('value'), `${place}.value`),
    text: textOf(fields.get('text'), `${place}.text`),
  };
}

function parseSet(value: unknown, place: string): SetValue {
  const fields = recordOf(value, `${place}.set`);
  return {
    event: oneOf(SET_EVENTS, fields.get('event'), `${place}.set.event`),
    value: exprOf(fields.get('value'), `${place}.set.value`),
  };
}

function parseOrder(value: unknown, index: number, nodeCount: number): OrderEntry {
  const [node, kind] = listOf(value, `order[${index}]`);
  const number = wholeNumberOf(node, `order[${index}]`);
  if (number >= nodeCount) throw new DefinitionError(`order[${index}]`, `there is no node ${number}`);
  return { node: number, kind: oneOf(ORDER_KINDS, kind, `order[${index}]`) };
}

function parseLists(value: unknown): Map<string, ListItem[]> {
  const lists = new Map<string, ListItem[]>();
  if (value === undefined) return lists;
  for (const [id, items] of entriesOf(value, 'lists')) {
    lists.set(
      id,
      listOf(items, `lists.${id}`).map((item) => parseItem(item, `lists.${id}`)),
    );
  }
  return lists;
}

function parseItem(value: unknown, place: string): ListItem {
  const item = new Map<string, string>();
  for (const [column, text] of entriesOf(value, place)) item.set(column, textOf(text, `${place}.${column}`));
  return item;
}

function parseText(value: unknown, lang: string, id: string): PackText {
  const place = `texts.${id}`;
  if (typeof value === 'string') return { parts: [value], lang };
  const fields = recordOf(value, place);
  const shown = optional(fields.get('lang'), (given) => textOf(given, `${place}.lang`)) ?? lang;
  const written = fields.get('text');
  if (written !== undefined) return { parts: [textOf(written, place)], lang: shown };
  const parts = listOf(fields.get('parts'), `${place}.parts`);
  return { parts: parts.map((part) => (typeof part === 'string' ? part : exprOf(part, place))), lang: shown };
}

function exprOf(value: unknown, place: string): Expr {
  if (!isExpr(value)) throw new DefinitionError(place, 'this is not an expression tree');
  return value;
}
