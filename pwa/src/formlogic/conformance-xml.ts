/** Reads the small XML instances of expression cases: elements, attributes, text, the five entities. No mixed content. */
import { DocumentNode, joinedText, TextNode, type TreeNode } from './tree.ts';

const TOKEN = /<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

export function parseXml(xml: string): DocumentNode {
  return new DocumentNode((document) => parseRoot(xml, document));
}

class XmlNode implements TreeNode {
  readonly kind: 'element' | 'attribute';
  readonly name: string;
  readonly above: TreeNode;
  readonly visible = true;
  readonly children: XmlNode[] = [];
  ownText = '';
  readonly #inside = new TextNode(this);

  constructor(kind: 'element' | 'attribute', name: string, above: TreeNode) {
    this.kind = kind;
    this.name = name;
    this.above = above;
  }

  get below(): readonly TreeNode[] {
    const hasText = this.kind === 'element' && this.ownText !== '' && !this.#hasElements();
    return hasText ? [...this.children, this.#inside] : this.children;
  }

  get text(): string {
    return this.#hasElements() ? joinedText(this) : this.ownText;
  }

  named(name: string): readonly TreeNode[] {
    return this.children.filter((child) => child.kind === 'element' && child.name === name);
  }

  #hasElements(): boolean {
    return this.children.some((child) => child.kind === 'element');
  }
}

function parseRoot(xml: string, document: TreeNode): XmlNode {
  let root: XmlNode | undefined;
  const open: XmlNode[] = [];
  for (const [, closing, opening, attributes = '', isEmpty, text] of xml.trim().matchAll(TOKEN)) {
    const parent = open[open.length - 1];
    if (text !== undefined && parent !== undefined) parent.ownText += decoded(text);
    if (closing !== undefined) open.pop();
    if (opening === undefined) continue;
    const element = new XmlNode('element', opening, parent ?? document);
    addAttributes(element, attributes);
    root ??= element;
    parent?.children.push(element);
    if (isEmpty !== '/') open.push(element);
  }
  if (root === undefined || open.length > 0) throw new SyntaxError(`This is not an XML instance: ${xml}`);
  return root;
}

function addAttributes(element: XmlNode, text: string): void {
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const attribute = new XmlNode('attribute', name, element);
    attribute.ownText = decoded(double ?? single ?? '');
    element.children.push(attribute);
  }
}

function decoded(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES.get(name) ?? whole;
  });
}
