/** The nodes that expressions walk over, and their order; axes.ts says in which directions. */

export type NodeSet = readonly TreeNode[];

/** What an expression may know of a node, be it of the response, of a list of choices or of a test. */
export interface TreeNode {
  readonly kind: 'document' | 'element' | 'attribute' | 'text';
  /** As written, with any prefix; '' for the document and for text. */
  readonly name: string;
  readonly above: TreeNode | undefined;
  /** Attributes, then elements and text, in document order. */
  readonly below: readonly TreeNode[];
  /** The string-value: a leaf's own text, else that of all visible leaves below. */
  readonly text: string;
  /** False for what is not relevant: no expression ever meets it. */
  readonly visible: boolean;
  /** Child elements of this name: the step that nearly every path is made of, so that it need not search. */
  named(name: string): readonly TreeNode[];
}

/** The node above the root element, `/`. */
export class DocumentNode implements TreeNode {
  readonly kind = 'document';
  readonly name = '';
  readonly above = undefined;
  readonly visible = true;
  readonly below: readonly TreeNode[];

  constructor(root: (document: DocumentNode) => TreeNode) {
    this.below = [root(this)];
  }

  get text(): string {
    return joinedText(this);
  }

  named(name: string): readonly TreeNode[] {
    return this.below.filter((branch) => branch.name === name);
  }
}

/** The text inside a leaf, for those who write `text()`. */
export class TextNode implements TreeNode {
  readonly kind = 'text';
  readonly name = '';
  readonly below: readonly TreeNode[] = [];
  readonly above: TreeNode;

  constructor(leaf: TreeNode) {
    this.above = leaf;
  }

  get text(): string {
    return this.above.text;
  }

  get visible(): boolean {
    return this.above.visible;
  }

  named(): readonly TreeNode[] {
    return [];
  }
}

/** The string-value of a node with elements below. */
export function joinedText(node: TreeNode): string {
  let text = '';
  for (const branch of node.below) {
    if (branch.kind !== 'attribute' && branch.visible) text += branch.text;
  }
  return text;
}

export function isWithin(node: TreeNode, container: TreeNode): boolean {
  let at: TreeNode | undefined = node;
  while (at !== undefined && at !== container) at = at.above;
  return at === container;
}

/** The nodes, each once, in document order; trees in the order in which they first occur. */
export function inDocumentOrder(nodes: Iterable<TreeNode>): NodeSet {
  const wanted = new Set(nodes);
  if (wanted.size < 2) return [...wanted];
  const ordered: TreeNode[] = [];
  for (const top of new Set([...wanted].map(topOf))) {
    for (const node of walk(top)) {
      if (wanted.has(node)) ordered.push(node);
      if (ordered.length === wanted.size) return ordered;
    }
  }
  return ordered;
}

/** The node and all below it, in document order. */
export function* walk(top: TreeNode): Generator<TreeNode> {
  const pending = [top];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (let index = node.below.length - 1; index >= 0; index -= 1) {
      const branch = node.below[index];
      if (branch !== undefined) pending.push(branch);
    }
  }
}

function topOf(node: TreeNode): TreeNode {
  let top = node;
  while (top.above !== undefined) top = top.above;
  return top;
}
