/** Runs one expression case: its tree, an instance, a context node, the value and kind expected. */
import { isDeepStrictEqual } from 'node:util';
import { entriesOf, type Fields, optional, recordOf, textOf } from './border.ts';
import { countingSurroundings } from './conformance-surroundings.ts';
import { parseXml } from './conformance-xml.ts';
import { contextOf, type World } from './context.ts';
import { DefinitionError, ExpressionError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { isExpr } from './expression.ts';
import type { DocumentNode, TreeNode } from './tree.ts';
import { numberText, type Value } from './values.ts';

/** What differs, in words; nothing when all is as expected. */
export function runExpressionCase(fields: Fields): string[] {
  const expected = recordOf(fields.get('expect'), 'expect');
  const wanted = { type: expected.get('type'), value: expected.get('value') };
  const got = outcome(fields);
  if (isDeepStrictEqual(got, wanted)) return [];
  return [`${String(fields.get('expression'))}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`];
}

interface Outcome {
  readonly type: string;
  readonly value: unknown;
}

function outcome(fields: Fields): Outcome {
  const tree = fields.get('tree');
  if (!isExpr(tree)) throw new DefinitionError('tree', 'this is not an expression tree');
  const world = worldOf(fields);
  const context = fields.get('context');
  const node = context === undefined ? world.document.below[0] : nodeAt(world.document, textOf(context, 'context'));
  try {
    return described(evaluate(tree, contextOf(node ?? world.document, world)));
  } catch (error) {
    if (error instanceof ExpressionError) return { type: 'error', value: undefined };
    throw error;
  }
}

function worldOf(fields: Fields): World {
  const lists = new Map<string, DocumentNode>();
  for (const [id, xml] of optional(fields.get('instances'), (given) => entriesOf(given, 'instances')) ?? []) {
    lists.set(id, parseXml(textOf(xml, `instances.${id}`)));
  }
  return {
    document: parseXml(textOf(fields.get('instance') ?? '<data/>', 'instance')),
    surroundings: countingSurroundings(fields.get('now')),
    texts: undefined,
    list: (id) => lists.get(id),
    choiceName: (value) => value,
  };
}

/** `/data/item[2]/name`, `/data/@id`. */
function nodeAt(document: DocumentNode, path: string): TreeNode {
  let at: TreeNode = document;
  for (const step of path.split('/').filter((part) => part !== '')) {
    const found: RegExpExecArray | null = /^(@?)(.+?)(?:\[([0-9]+)\])?$/.exec(step);
    const kind = found?.[1] === '@' ? 'attribute' : 'element';
    const candidates: TreeNode[] = at.below.filter((node) => node.kind === kind && node.name === found?.[2]);
    const next: TreeNode | undefined = candidates[Number(found?.[3] ?? 1) - 1];
    if (next === undefined) throw new DefinitionError('context', `there is no ${path}`);
    at = next;
  }
  return at;
}

function described(value: Value): Outcome {
  switch (typeof value) {
    case 'number':
      return { type: 'number', value: numberText(value) };
    case 'object':
      return { type: 'nodeset', value: value.map((node) => node.text) };
    default:
      return { type: typeof value, value };
  }
}
