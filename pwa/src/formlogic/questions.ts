/** What is worked out only when somebody asks: whether an answer is needed and right, what can be chosen, what to say. */

import { fitsType } from './datatypes.ts';
import type { ChoiceSource, Expr, MediaKind, PackText, TextKind, TextPack } from './definition.ts';
import type { FormLists } from './form-lists.ts';
import { words } from './functions-text.ts';
import type { InstanceNode, ProblemCode } from './instance.ts';
import { type Offer, Offers, OffersOfLists } from './offers.ts';
import { isOnRange } from './ranges.ts';
import { toText, toTruth, type Value } from './values.ts';

/** A text and the language that it is really in (BCP 47), for the `lang` attribute. */
export interface ShownText {
  /** All parts, joined; '' where only a file says it. */
  readonly text: string;
  readonly lang: string;
  readonly parts: readonly TextPart[];
  /** Absent when no files go with it. */
  readonly media?: MediaFiles;
}

export type MediaFiles = { readonly [kind in MediaKind]?: MediaFile };

export interface MediaFile {
  readonly name: string;
  /** Of its bytes; undefined when the file was not given at publication. */
  readonly sha256: string | undefined;
}

export interface TextPart {
  readonly text: string;
  /** True for a value put in (`${asset_name}`): it may be in another language and run the other way than the words around it. */
  readonly given: boolean;
}

export interface Choice {
  /** What is stored when a person picks it. */
  readonly value: string;
  /** Put together when it is read: a list may have 30,000. */
  readonly label: ShownText;
  /** Of its recording (server/recordings/sayable.py): its list and its value. '' where the form holds no words for it. */
  readonly sound: string;
}

/** Evaluates with a node as the context and, when texts are shown, in their language. */
export type Evaluate = (expression: Expr, node: InstanceNode, pack?: TextPack) => Value;

export class Questions {
  readonly #evaluate: Evaluate;
  readonly #lists: FormLists;
  readonly #offers = new OffersOfLists();

  constructor(evaluate: Evaluate, lists: FormLists) {
    this.#evaluate = evaluate;
    this.#lists = lists;
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
    const { kind, type, range, constraint } = node.definition;
    if (kind !== 'leaf' || !node.relevant) return undefined;
    if (node.value === '') return this.required(node) ? 'required' : undefined;
    if (!fitsType(type, node.value)) return 'type';
    if (!this.#isOffered(node)) return 'choice';
    if (range !== undefined && !isOnRange(range, node.value)) return 'constraint';
    return constraint === undefined || this.#holds(constraint, node) ? undefined : 'constraint';
  }

  /** The same array while the same items of a list are offered in the same words. */
  choices(node: InstanceNode, pack: TextPack): readonly Choice[] {
    const source = node.definition.choices;
    if (source === undefined) return [];
    const offers = this.#offered(node, source);
    return offers.worded(pack, () => offers.all.map((offer) => this.#choice(offer, { source, node, pack })));
  }

  /** The choice with this value, if it is offered. */
  choice(node: InstanceNode, value: string, pack: TextPack): Choice | undefined {
    const source = node.definition.choices;
    const offer = source && this.#offered(node, source).byValue.get(value);
    return source && offer && this.#choice(offer, { source, node, pack });
  }

  text(node: InstanceNode, which: TextKind, pack: TextPack): ShownText | undefined {
    const id = node.definition.texts[which];
    return id === undefined ? undefined : this.#shown(id, node, pack);
  }

  #holds(expression: Expr | undefined, node: InstanceNode): boolean {
    return expression !== undefined && toTruth(this.#evaluate(expression, node));
  }

  #offered(node: InstanceNode, source: ChoiceSource): Offers {
    const items = this.#evaluate(source.nodes, node);
    return typeof items === 'object' ? this.#offers.of(items, source) : new Offers([], source);
  }

  #isOffered(node: InstanceNode): boolean {
    const { choices, control } = node.definition;
    if (choices === undefined || this.#lists.isMissingIn(choices.nodes)) return true;
    const { all, byValue } = this.#offered(node, choices);
    if (control === 'rank') return areSame(words(node.value), all);
    const chosen = control === 'select' ? words(node.value) : [node.value];
    return chosen.every((value) => byValue.has(value));
  }

  #choice({ value, text }: Offer, { source, node, pack }: Asked): Choice {
    if (source.literal) return new LazyChoice(value, () => ({ text, lang: pack.lang, parts: [{ text, given: true }] }));
    return new LazyChoice(value, () => this.#shown(text, node, pack), text);
  }

  /** An id without a text says nothing: a choice may have no label. */
  #shown(id: string, node: InstanceNode, pack: TextPack): ShownText {
    const text: PackText = pack.texts.get(id) ?? { parts: [], lang: pack.lang };
    const parts = text.parts.map((part) =>
      typeof part === 'string'
        ? { text: part, given: false }
        : { text: toText(this.#evaluate(part, node, pack)), given: true },
    );
    const shown = { text: parts.map((part) => part.text).join(''), lang: text.lang, parts };
    return text.files === undefined ? shown : { ...shown, media: mediaFiles(text.files, pack) };
  }
}

/** Who asks for choices, and in which words. */
interface Asked {
  readonly source: ChoiceSource;
  readonly node: InstanceNode;
  readonly pack: TextPack;
}

class LazyChoice implements Choice {
  readonly value: string;
  readonly #show: () => ShownText;
  readonly #textId: string | undefined;
  #label: ShownText | undefined;

  constructor(value: string, show: () => ShownText, textId?: string) {
    this.value = value;
    this.#show = show;
    this.#textId = textId;
  }

  /** A text's id counts places in a list, and those change from version to version. */
  get sound(): string {
    return this.#textId === undefined ? '' : `${this.#textId.replace(/-\d+$/, '')}=${this.value}`;
  }

  get label(): ShownText {
    this.#label ??= this.#show();
    return this.#label;
  }
}

function mediaFiles(files: ReadonlyMap<MediaKind, string>, pack: TextPack): MediaFiles {
  return Object.fromEntries([...files].map(([kind, name]) => [kind, { name, sha256: pack.media.get(name) }]));
}

/** Whether a ranking is of all that is offered, each once. */
function areSame(ranked: readonly string[], offers: readonly Offer[]): boolean {
  const offered = offers.map(({ value }) => value).sort();
  return ranked.length === offered.length && [...ranked].sort().every((value, index) => value === offered[index]);
}
