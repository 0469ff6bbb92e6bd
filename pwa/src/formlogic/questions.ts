/** What is worked out only when somebody asks: whether an answer is needed and right, what can be chosen, what to say. */

import { fitsType } from './datatypes.ts';
import type { Expr, PackText, TextKind, TextPack } from './definition.ts';
import { words } from './functions-text.ts';
import type { InstanceNode, ProblemCode } from './instance.ts';
import type { TreeNode } from './tree.ts';
import { toText, toTruth, type Value } from './values.ts';

/** A text and the language that it is really in (BCP 47), for the `lang` attribute. */
export interface ShownText {
  /** All parts, joined. */
  readonly text: string;
  readonly lang: string;
  readonly parts: readonly TextPart[];
}

export interface TextPart {
  readonly text: string;
  /** True for a value put in (`${asset_name}`): it may be in another language and run the other way than the words around it. */
  readonly given: boolean;
}

export interface Choice {
  /** What is stored when a person picks it. */
  readonly value: string;
  readonly label: ShownText;
}

/** An item that a select offers, before it is put in words. */
export interface Offer {
  readonly value: string;
  readonly textId: string;
}

/** Evaluates with a node as the context and, when texts are shown, in their language. */
export type Evaluate = (expression: Expr, node: InstanceNode, pack?: TextPack) => Value;

export class Questions {
  readonly #evaluate: Evaluate;

  constructor(evaluate: Evaluate) {
    this.#evaluate = evaluate;
  }

  required(node: InstanceNode): boolean {
    return this.#holds(node.definition.required, node);
  }

  /** Inherited, and implied by a calculation (XForms 1.1, section 6.1.2). */
  readonly(node: InstanceNode): boolean {
    if (node.definition.calculate !== undefined) return true;
    let at: InstanceNode | undefined = node;
    while (at !== undefined && !this.#holds(at.definition.readonly, at)) at = at.parent;
    return at !== undefined;
  }

  problem(node: InstanceNode): ProblemCode | undefined {
    const { kind, type, constraint } = node.definition;
    if (kind !== 'leaf' || !node.relevant) return undefined;
    if (node.value === '') return this.required(node) ? 'required' : undefined;
    if (!fitsType(type, node.value)) return 'type';
    if (!this.#isOffered(node)) return 'choice';
    return constraint === undefined || this.#holds(constraint, node) ? undefined : 'constraint';
  }

  offers(node: InstanceNode): Offer[] {
    const source = node.definition.choices;
    if (source === undefined) return [];
    const items = this.#evaluate(source.nodes, node);
    if (typeof items !== 'object') return [];
    return items.map((item) => ({ value: columnOf(item, source.value), textId: columnOf(item, source.text) }));
  }

  choices(node: InstanceNode, pack: TextPack): Choice[] {
    return this.offers(node).map(({ value, textId }) => ({ value, label: this.#shown(textId, node, pack) }));
  }

  text(node: InstanceNode, which: TextKind, pack: TextPack): ShownText | undefined {
    const id = node.definition.texts[which];
    return id === undefined ? undefined : this.#shown(id, node, pack);
  }

  #holds(expression: Expr | undefined, node: InstanceNode): boolean {
    return expression !== undefined && toTruth(this.#evaluate(expression, node));
  }

  #isOffered(node: InstanceNode): boolean {
    const { choices, control } = node.definition;
    if (choices === undefined) return true;
    const offered = new Set(this.offers(node).map((offer) => offer.value));
    const chosen = control === 'select' ? words(node.value) : [node.value];
    return chosen.every((value) => offered.has(value));
  }

  /** An id without a text is shown itself: a list may hold plain words. */
  #shown(id: string, node: InstanceNode, pack: TextPack): ShownText {
    const text: PackText = pack.texts.get(id) ?? { parts: [id], lang: pack.lang };
    const parts = text.parts.map((part) =>
      typeof part === 'string'
        ? { text: part, given: false }
        : { text: toText(this.#evaluate(part, node, pack)), given: true },
    );
    return { text: parts.map((part) => part.text).join(''), lang: text.lang, parts };
  }
}

function columnOf(item: TreeNode, name: string): string {
  return item.named(name)[0]?.text ?? '';
}
