/** The axes of XPath 1.0 (section 2.2) and the node tests (2.3), over all nodes, hidden ones too. */
import type { Axis } from './expression.ts';
import { type NodeSet, type TreeNode, walk } from './tree.ts';

const REVERSE: ReadonlySet<Axis> = new Set(['ancestor', 'ancestor-or-self', 'preceding', 'preceding-sibling']);

/** True when the axis runs against document order: positions count backwards. */
export function isReverse(axis: Axis): boolean {
  return REVERSE.has(axis);
}

/** The nodes on this axis that pass the test, in the order of the axis. */
export function select(node: TreeNode, axis: Axis, test: string): NodeSet {
  const isNameOfChild = axis === 'child' && test !== '*' && !test.endsWith('()');
  if (isNameOfChild) return node.named(test);
  const passes = nodeTest(axis, test);
  return along(node, axis).filter(passes);
}

function nodeTest(axis: Axis, test: string): (node: TreeNode) => boolean {
  if (test === 'node()') return () => true;
  if (test === 'text()') return (node) => node.kind === 'text';
  const principal = axis === 'attribute' ? 'attribute' : 'element';
  return (node) => node.kind === principal && (test === '*' || node.name === test);
}

function along(node: TreeNode, axis: Axis): TreeNode[] {
  switch (axis) {
    case 'self':
      return [node];
    case 'child':
      return node.below.filter((branch) => branch.kind !== 'attribute');
    case 'attribute':
      return node.below.filter((branch) => branch.kind === 'attribute');
    case 'parent':
      return node.above === undefined ? [] : [node.above];
    case 'descendant':
      return descendantsOrSelf(node).slice(1);
    case 'descendant-or-self':
      return descendantsOrSelf(node);
    case 'ancestor':
      return ancestorsOrSelf(node).slice(1);
    case 'ancestor-or-self':
      return ancestorsOrSelf(node);
    case 'following-sibling':
      return node.kind === 'attribute' ? [] : siblings(node).after;
    case 'preceding-sibling':
      return siblings(node).before.reverse();
    case 'following':
      return ancestorsOrSelf(node).flatMap((at) => siblings(at).after.flatMap(descendantsOrSelf));
    case 'preceding':
      return ancestorsOrSelf(node).flatMap((at) => siblings(at).before.reverse().flatMap(descendantsBackwards));
  }
}

function descendantsOrSelf(node: TreeNode): TreeNode[] {
  const found = [...walk(node)];
  return found.filter((candidate) => candidate === node || candidate.kind !== 'attribute');
}

function descendantsBackwards(node: TreeNode): TreeNode[] {
  return descendantsOrSelf(node).reverse();
}

/** The nearest first. */
function ancestorsOrSelf(node: TreeNode): TreeNode[] {
  const found: TreeNode[] = [];
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.above) found.push(at);
  return found;
}

/** What stands beside a node. Nothing is an attribute's sibling, yet what is inside its element follows it. */
function siblings(node: TreeNode): { before: TreeNode[]; after: TreeNode[] } {
  const others = node.above?.below ?? [];
  const at = others.indexOf(node);
  const before = others.slice(0, Math.max(at, 0)).filter((other) => other.kind !== 'attribute');
  const after = others.slice(at + 1).filter((other) => other.kind !== 'attribute');
  return { before, after };
}
