/** One node of the answered tree. */
import type { NodeDefinition } from './definition.ts';
import { type DocumentNode, joinedText, TextNode, type TreeNode } from './tree.ts';

/** What an engine can find wrong with an answer; the server has more words. */
export type ProblemCode = 'required' | 'constraint' | 'type' | 'choice';

/** What a node does not know by itself: worked out when it is asked for. */
export interface Facts {
  readonly document: DocumentNode;
  required(node: InstanceNode): boolean;
  readonly(node: InstanceNode): boolean;
  problem(node: InstanceNode): ProblemCode | undefined;
}

/**
 * Every property is live: it tells the truth at the moment it is read.
 *
 * `value`, `wanted` and `relevant` are written by the engine alone, as are the children: answer through the form.
 */
export class InstanceNode implements TreeNode {
  readonly definition: NodeDefinition;
  readonly kind: 'element' | 'attribute';
  /** Without the `@` of an attribute. */
  readonly name: string;
  /** Undefined for the root element and for a repeat that was removed. */
  parent: InstanceNode | undefined;
  /** XForms text of a leaf, '' when blank; kept while not relevant. */
  value = '';
  /** What its own relevance says, whatever is around it. */
  wanted = true;
  /** True when its own relevance and that of all around it are. */
  relevant: boolean;
  readonly #facts: Facts;
  readonly #children: InstanceNode[] = [];
  #inside: TextNode | undefined;
  #byName: Map<string, InstanceNode[]> | undefined;

  constructor(definition: NodeDefinition, parent: InstanceNode | undefined, facts: Facts) {
    const isAttribute = definition.name.startsWith('@');
    this.definition = definition;
    this.kind = isAttribute ? 'attribute' : 'element';
    this.name = isAttribute ? definition.name.slice(1) : definition.name;
    this.parent = parent;
    this.relevant = parent?.relevant ?? true;
    this.#facts = facts;
  }

  /** In order of the form; the instances of a repeat stand side by side. */
  get children(): readonly InstanceNode[] {
    return this.#children;
  }

  get required(): boolean {
    return this.#facts.required(this);
  }

  /** True also when an ancestor is, or when the value is calculated. */
  get readonly(): boolean {
    return this.#facts.readonly(this);
  }

  /** The first thing wrong with this leaf, if any; always undefined when not relevant. */
  get problem(): ProblemCode | undefined {
    return this.#facts.problem(this);
  }

  /** 1-based place among the instances of its repeat, relevant or not; 1 for anything else. */
  get position(): number {
    return this.definition.kind === 'repeat' ? (this.parent?.instancesOf(this.definition).indexOf(this) ?? 0) + 1 : 1;
  }

  /** `/data/main/assets[2]/asset_name`: positions on repeats only. */
  get path(): string {
    const place = this.definition.kind === 'repeat' ? `[${this.position}]` : '';
    return `${this.parent?.path ?? ''}/${this.definition.name}${place}`;
  }

  get above(): TreeNode {
    return this.parent ?? this.#facts.document;
  }

  get below(): readonly TreeNode[] {
    if (this.value === '') return this.#children;
    this.#inside ??= new TextNode(this);
    return [...this.#children, this.#inside];
  }

  get text(): string {
    return this.definition.kind === 'leaf' ? this.value : joinedText(this);
  }

  get visible(): boolean {
    return this.relevant;
  }

  named(name: string): readonly InstanceNode[] {
    return this.#grouped().get(name) ?? [];
  }

  /** Children that answer this definition: one, or the instances of a repeat. */
  instancesOf(definition: NodeDefinition): readonly InstanceNode[] {
    const found = this.named(definition.name);
    return found.length === 1 && found[0]?.definition === definition
      ? found
      : found.filter((child) => child.definition === definition);
  }

  /** Add a child behind all others, while the tree is grown in order of the form. */
  append(child: InstanceNode): void {
    this.#children.push(child);
    this.#byName = undefined;
  }

  /** Put a child where the form wants it: a repeat after the `before` first instances, or after all. */
  put(child: InstanceNode, before: number = Number.POSITIVE_INFINITY): void {
    const sameBefore = this.instancesOf(child.definition)[before];
    const next = this.#children.findIndex((other) =>
      sameBefore === undefined ? other.definition.number > child.definition.number : other === sameBefore,
    );
    this.#children.splice(next < 0 ? this.#children.length : next, 0, child);
    this.#byName = undefined;
    child.parent = this;
  }

  take(child: InstanceNode): void {
    this.#children.splice(this.#children.indexOf(child), 1);
    this.#byName = undefined;
    child.parent = undefined;
  }

  /** By name as in the definition, so that an attribute is never taken for an element. */
  #grouped(): Map<string, InstanceNode[]> {
    if (this.#byName !== undefined) return this.#byName;
    const groups = new Map<string, InstanceNode[]>();
    for (const child of this.#children) {
      const group = groups.get(child.definition.name);
      if (group === undefined) groups.set(child.definition.name, [child]);
      else group.push(child);
    }
    this.#byName = groups;
    return groups;
  }
}

/** The node and all below it, in document order. */
export function* subtree(top: InstanceNode): Generator<InstanceNode> {
  const pending = [top];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    pending.push(...[...node.children].reverse());
  }
}
