/**
 * What the server compiled: a form's logic and its texts in one language.
 *
 * The bytes were checked against their hash, but they still come from outside: they are parsed here, once,
 * and everything past this file trusts its types. Keys that a form's author chose live in Maps.
 */

import { type Fields, listOf, oneOf, optional, recordOf, textOf, wholeNumberOf } from './border.ts';
import { checkFormat, exprOf, type FormName, parseFormName } from './definition-pieces.ts';
import { DefinitionError } from './errors.ts';
import type { Expr } from './expression.ts';
import { type ListTable, parseLists } from './list-tables.ts';
import type { TextKind } from './text-pack.ts';

export type { FormName } from './definition-pieces.ts';
export type { Axis, BinaryOperator, Expr, Step } from './expression.ts';
export { type ListTable, parseList } from './list-tables.ts';
export { type MediaKind, type PackText, parseTextPack, type TextKind, type TextPack } from './text-pack.ts';

const KINDS = ['group', 'repeat', 'leaf'] as const;
const CONTROLS = [
  'input',
  'select1',
  'select',
  'rank',
  'range',
  'upload',
  'trigger',
  'note',
  'group',
  'repeat',
] as const;
const SET_EVENTS = ['first-load', 'new-repeat'] as const;
const PRELOADS = ['uid', 'start', 'end', 'today', 'deviceid', 'username', 'email', 'phonenumber'] as const;
const ORDER_KINDS = ['calculate', 'relevant', 'count'] as const;
const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?$/;

export type Kind = (typeof KINDS)[number];
export type Control = (typeof CONTROLS)[number];
export type SetEvent = (typeof SET_EVENTS)[number];
export type Preload = (typeof PRELOADS)[number];
export type OrderKind = (typeof ORDER_KINDS)[number];

/** A node that an expression reads; `scope` is the repeat whose same instance is shared (0: none). */
export interface Use {
  readonly node: number;
  readonly scope: number;
}

/** Where a select takes its items from: an expression for the items, and the names of two of their children. */
export interface ChoiceSource {
  readonly nodes: Expr;
  readonly value: string;
  readonly text: string;
  /** True when the column `text` holds the words themselves and no text id: lists from files. */
  readonly literal: boolean;
}

/** Numbers as written, such as `0.5`; the step is not 0. Start may be the greater one. */
export interface Range {
  readonly start: string;
  readonly end: string;
  readonly step: string;
}

export interface SetValue {
  readonly event: SetEvent;
  /** `position`: where the phone is, which the app asks for (see Form.positionsToAsk). */
  readonly value: Expr | 'position';
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
  /** How many instances a repeat has under each parent. With it nobody adds or removes any. */
  readonly count: Expr | undefined;
  readonly relevant: Expr | undefined;
  readonly required: Expr | undefined;
  readonly constraint: Expr | undefined;
  readonly readonly: Expr | undefined;
  readonly calculate: Expr | undefined;
  readonly uses: { readonly [kind in OrderKind]: readonly Use[] };
  readonly volatile: boolean;
  readonly choices: ChoiceSource | undefined;
  /** Of the control `range`. */
  readonly range: Range | undefined;
  /** What an upload takes: `image/*`, `audio/*`, `video/*` or `application/*`; '' for anything. */
  readonly media: string;
  readonly texts: { readonly [which in TextKind]: string | undefined };
  readonly set: readonly SetValue[];
  /** What the surroundings put in: `end` when the response is finished, all others when it is begun. */
  readonly preload: Preload | undefined;
}

export interface OrderEntry {
  readonly node: number;
  readonly kind: OrderKind;
}

export interface Logic {
  readonly form: FormName;
  /** Pre-order; the first is the root element. */
  readonly nodes: readonly NodeDefinition[];
  /** Lists that came with the logic, by id. */
  readonly lists: ReadonlyMap<string, ListTable>;
  /** Lists that come by themselves: id to file name. They are handed to begin() and resume(). */
  readonly listFiles: ReadonlyMap<string, string>;
  /** Dependencies first; a group's relevance before its children's. */
  readonly order: readonly OrderEntry[];
}

/** Parse a compiled logic (the outcome of JSON.parse); raises DefinitionError naming the place that is wrong. */
export function parseLogic(value: unknown): Logic {
  const fields = recordOf(value, 'logic');
  checkFormat(fields, 'logic');
  const nodes = listOf(fields.get('nodes'), 'nodes').map(parseNode);
  const order = listOf(fields.get('order'), 'order').map((entry, index) => parseOrder(entry, index, nodes.length));
  if (nodes[0]?.parent !== -1) throw new DefinitionError('nodes[0]', 'the root element must come first');
  return { form: parseFormName(fields.get('form')), nodes, ...parseLists(fields.get('lists')), order };
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
    count: expression('count'),
    relevant: expression('relevant'),
    required: expression('required'),
    constraint: expression('constraint'),
    readonly: expression('readonly'),
    calculate: expression('calculate'),
    uses: parseUses(fields.get('uses'), place),
    volatile: fields.get('volatile') === true,
    choices: optional(fields.get('choices'), (given) => parseChoices(given, `${place}.choices`)),
    range: optional(fields.get('range'), (given) => parseRange(given, `${place}.range`)),
    media: text('media') ?? '',
    texts: {
      label: text('label'),
      hint: text('hint'),
      guidance: text('guidance'),
      constraint_message: text('constraint_message'),
      required_message: text('required_message'),
    },
    set: (optional(fields.get('set'), (given) => listOf(given, `${place}.set`)) ?? []).map((entry) =>
      parseSet(entry, place),
    ),
    // What else a form may want to know no browser can tell: it stays blank.
    preload: PRELOADS.find((known) => known === fields.get('preload')),
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
  return { calculate: read('calculate'), relevant: read('relevant'), count: read('count') };
}

function parseUse(value: unknown, place: string): Use {
  const [node, scope] = listOf(value, place);
  return { node: wholeNumberOf(node, place), scope: wholeNumberOf(scope, place) };
}

function parseChoices(value: unknown, place: string): ChoiceSource {
  const fields = recordOf(value, place);
  return {
    nodes: exprOf(fields.get('nodes'), `${place}.nodes`),
    value: textOf(fields.get('value'), `${place}.value`),
    text: textOf(fields.get('text'), `${place}.text`),
    literal: fields.get('literal') === true,
  };
}

function parseRange(value: unknown, place: string): Range {
  const fields = recordOf(value, place);
  const read = (key: string): string => {
    const text = textOf(fields.get(key), `${place}.${key}`);
    if (!NUMBER.test(text)) throw new DefinitionError(`${place}.${key}`, `“${text}” is not a number`);
    return text;
  };
  const range = { start: read('start'), end: read('end'), step: read('step') };
  if (Number(range.step) === 0) throw new DefinitionError(`${place}.step`, 'it must not be 0');
  return range;
}

function parseSet(value: unknown, place: string): SetValue {
  const fields = recordOf(value, `${place}.set`);
  const isPosition = fields.get('position') === true;
  return {
    event: oneOf(SET_EVENTS, fields.get('event'), `${place}.set.event`),
    value: isPosition ? 'position' : exprOf(fields.get('value'), `${place}.set.value`),
  };
}

function parseOrder(value: unknown, index: number, nodeCount: number): OrderEntry {
  const [node, kind] = listOf(value, `order[${index}]`);
  const number = wholeNumberOf(node, `order[${index}]`);
  if (number >= nodeCount) throw new DefinitionError(`order[${index}]`, `there is no node ${number}`);
  return { node: number, kind: oneOf(ORDER_KINDS, kind, `order[${index}]`) };
}
