/** What a select offers, before it is put in words. */
import type { ChoiceSource, PackText, TextPack } from './definition.ts';
import { ListItem } from './lists.ts';
import type { Choice } from './questions.ts';
import type { NodeSet, TreeNode } from './tree.ts';

export interface Offer {
  readonly value: string;
  /** The id of its text; the words themselves where the source is literal. */
  readonly text: string;
}

export class Offers {
  /** In the order of the list. */
  readonly all: readonly Offer[];
  readonly #isLiteral: boolean;
  #byValue: Map<string, Offer> | undefined;
  readonly #worded = new WeakMap<TextPack, readonly Choice[]>();

  constructor(items: NodeSet, { value, text, literal }: ChoiceSource) {
    this.all = items.map((item) => ({ value: columnOf(item, value), text: columnOf(item, text) }));
    this.#isLiteral = literal;
  }

  /** The choices in these words, made anew only where a label holds an answer. */
  worded(pack: TextPack, make: () => readonly Choice[]): readonly Choice[] {
    const known = this.#worded.get(pack);
    if (known !== undefined) return known;
    const choices = make();
    const isSteady = this.#isLiteral || this.all.every(({ text }) => isPlain(pack.texts.get(text)));
    if (isSteady) this.#worded.set(pack, choices);
    return choices;
  }

  /** Of two with the same value the first counts. */
  get byValue(): ReadonlyMap<string, Offer> {
    this.#byValue ??= new Map([...this.all].reverse().map((offer) => [offer.value, offer]));
    return this.#byValue;
  }
}

/** Remembers what was made of the items of a list, which never change: the same items come as the same array. */
export class OffersOfLists {
  readonly #known = new Map<ChoiceSource, WeakMap<NodeSet, Offers>>();

  of(items: NodeSet, source: ChoiceSource): Offers {
    if (!(items[0] instanceof ListItem)) return new Offers(items, source);
    const known = this.#known.get(source) ?? new WeakMap<NodeSet, Offers>();
    this.#known.set(source, known);
    const offers = known.get(items) ?? new Offers(items, source);
    known.set(items, offers);
    return offers;
  }
}

function isPlain(text: PackText | undefined): boolean {
  return text === undefined || text.parts.every((part) => typeof part === 'string');
}

function columnOf(item: TreeNode, name: string): string {
  return item instanceof ListItem ? item.column(name) : (item.named(name)[0]?.text ?? '');
}
