/** Secondary instances (lists of choices) as trees: document, root element, items, columns. */
import type { ListItem } from './definition.ts';
import { DocumentNode, joinedText, TextNode, type TreeNode } from './tree.ts';

/** A list as `instance(id)` gives it. Items get their columns when they are first looked into. */
export function listDocument(items: readonly ListItem[]): DocumentNode {
  return new DocumentNode(
    (document) => new ListNode('root', document, (root) => items.map((item) => itemNode(item, root))),
  );
}

function itemNode(item: ListItem, root: ListNode): ListNode {
  return new ListNode('item', root, (node) => [...item].map(([column, text]) => new ColumnNode(column, text, node)));
}

class ListNode implements TreeNode {
  readonly kind = 'element';
  readonly visible = true;
  readonly name: string;
  readonly above: TreeNode;
  readonly #grow: (node: ListNode) => readonly TreeNode[];
  #below: readonly TreeNode[] | undefined;

  constructor(name: string, above: TreeNode, grow: (node: ListNode) => readonly TreeNode[]) {
    this.name = name;
    this.above = above;
    this.#grow = grow;
  }

  get below(): readonly TreeNode[] {
    this.#below ??= this.#grow(this);
    return this.#below;
  }

  get text(): string {
    return joinedText(this);
  }

  named(name: string): readonly TreeNode[] {
    return this.below.filter((node) => node.name === name);
  }
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
