/** Functions of nodes, repeats and lists. */
import { type Arguments, type FunctionTable, takes } from './arguments.ts';
import { ExpressionError } from './errors.ts';
import { isWithin, type NodeSet, type TreeNode } from './tree.ts';

export const NODE_FUNCTIONS: FunctionTable = [
  ['last', takes(0, 0, (given) => given.context.size)],
  ['position', takes(0, 1, position)],
  ['count', takes(1, 1, (given) => given.nodes(0).length)],
  ['count-non-empty', takes(1, 1, (given) => given.nodes(0).filter((node) => node.text !== '').length)],
  ['name', takes(0, 1, (given) => subject(given)?.name ?? '')],
  ['local-name', takes(0, 1, (given) => subject(given)?.name.replace(/^.*:/, '') ?? '')],
  ['current', takes(0, 0, (given) => [given.context.current])],
  ['instance', takes(1, 1, instance)],
  ['indexed-repeat', takes(3, 7, indexedRepeat)],
];

function subject(given: Arguments): TreeNode | undefined {
  return given.count === 0 ? given.context.node : given.nodes(0)[0];
}

/** With a node: its place among the siblings of its name, hidden ones too. */
function position(given: Arguments): number {
  if (given.count === 0) return given.context.position;
  const node = given.nodes(0)[0];
  if (node === undefined) return Number.NaN;
  const siblings = node.above?.named(node.name) ?? [node];
  return Math.max(siblings.indexOf(node), 0) + 1;
}

/** Nothing for a list that is not there: its id may come from an answer. */
function instance(given: Arguments): NodeSet {
  const list = given.context.world.list(given.text(0));
  return list === undefined ? [] : [list];
}

/** After the node come up to three repeats, each with its 1-based index, from the outside in. */
function indexedRepeat(given: Arguments): string {
  if (given.count % 2 === 0) throw new ExpressionError(given.name, 'each repeat needs an index');
  let chosen: TreeNode | undefined;
  for (let index = 1; index + 1 < given.count; index += 2) {
    const outer = chosen;
    const inside = given.nodes(index).filter((repeat) => outer === undefined || isWithin(repeat, outer));
    chosen = inside[given.number(index + 1) - 1];
    if (chosen === undefined) return '';
  }
  const container = chosen;
  const found = given.nodes(0).find((node) => node.visible && container !== undefined && isWithin(node, container));
  return found?.text ?? '';
}
