/**
 * The door of the form engine: begin or resume a response, answer, ask.
 *
 *   const form = begin(parseLogic(json), surroundings)
 *   form.answer(node, 'green')          // everything that depends on it is right when this returns
 *   node.relevant, node.value, node.required, node.readonly, node.problem
 *
 * Pure: no clock, no chance, no disk; those come in with `Surroundings`. Nothing here throws for what a person typed.
 */
import { draftJson, finalJson, finalParts } from './answers.ts';
import { contextOf, type Surroundings } from './context.ts';
import type { Expr, ListTable, Logic, NodeDefinition, TextKind, TextPack } from './definition.ts';
import { AnswersError, DefinitionError, UsageError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { FormLists } from './form-lists.ts';
import { Grower } from './grow.ts';
import { type InstanceNode, type ProblemCode, subtree } from './instance.ts';
import { type Choice, Questions, type ShownText } from './questions.ts';
import { Ripple } from './ripple.ts';
import { Structure } from './structure.ts';
import { toTruth, type Value } from './values.ts';
import { ResponseWorld } from './world.ts';

export type { Surroundings } from './context.ts';
export type { InstanceNode, ProblemCode } from './instance.ts';
export type { Choice, MediaFile, MediaFiles, ShownText, TextPart } from './questions.ts';

export interface Problem {
  readonly node: InstanceNode;
  /** `/data/main/assets[2]/asset_name`; positions only on repeats. */
  readonly path: string;
  readonly code: ProblemCode;
}

/** Nodes with another value, relevance, position or set of children than before; those that were removed among them. */
export type Listener = (changed: ReadonlySet<InstanceNode>) => void;

export interface RemovedRepeat {
  /** Put it back with its answers, where it was. Doing it twice is doing it once. */
  restore(): void;
}

/**
 * The lists that come by themselves (`logic.listFiles`), by id. One that is not given is empty, and answers to its
 * questions are taken as they are.
 */
export type ListFiles = ReadonlyMap<string, ListTable>;

/** A new response, with initial values, calculations and first-load values in place. */
export function begin(logic: Logic, surroundings: Surroundings, lists: ListFiles = new Map()): Form {
  const grow = (grower: Grower): InstanceNode => grower.fresh(rootOf(logic), undefined);
  return new Form(logic, surroundings, { grow, isNew: true, lists });
}

/** A response as `draftJson()` left it; raises AnswersError when the text is not of this form. */
export function resume(
  logic: Logic,
  answersJson: string,
  surroundings: Surroundings,
  lists: ListFiles = new Map(),
): Form {
  const answers = parseAnswers(answersJson);
  return new Form(logic, surroundings, { grow: (grower) => grower.stored(answers), isNew: false, lists });
}

/** How a form comes by its tree, and what happens to it then. */
interface Planting {
  readonly grow: (grower: Grower) => InstanceNode;
  readonly isNew: boolean;
  readonly lists: ListFiles;
}

export class Form {
  readonly logic: Logic;
  /** The root element. */
  readonly root: InstanceNode;
  readonly #structure: Structure;
  readonly #world: ResponseWorld;
  readonly #questions: Questions;
  readonly #grower: Grower;
  readonly #listeners = new Set<Listener>();

  /** For begin and resume. */
  constructor(logic: Logic, surroundings: Surroundings, planting: Planting) {
    const evaluateAt = (expression: Expr, node: InstanceNode, pack?: TextPack): Value =>
      evaluate(expression, contextOf(node, pack === undefined ? this.#world : this.#world.inWords(pack)));
    this.logic = logic;
    this.#structure = new Structure(logic, rootOf(logic));
    const lists = new FormLists(logic, planting.lists);
    const questions = new Questions(evaluateAt, lists);
    this.#questions = questions;
    this.#world = new ResponseWorld({ structure: this.#structure, questions, lists, surroundings }, (facts) =>
      planting.grow(new Grower(this.#structure, facts)),
    );
    this.#grower = new Grower(this.#structure, this.#world);
    this.root = this.#world.root;
    // Instances that a count adds are new repeats: nothing is loaded into them.
    const planted = planting.isNew ? [...subtree(this.root)] : [];
    for (const node of planted) node.value = preloaded(node, surroundings) ?? node.value;
    this.#change((ripple) => ripple.enlistTasks(this.#structure.tasks));
    this.#change((ripple) => {
      for (const node of planted) ripple.setValues(node, 'first-load');
    });
  }

  /** Set a leaf's text. A calculated leaf keeps what the form calculates. */
  answer(node: InstanceNode, text: string): void {
    if (node.definition.kind !== 'leaf')
      throw new UsageError(`${node.path} is a ${node.definition.kind}: it holds no answer`);
    if (text === node.value) return;
    this.#change((ripple) => {
      ripple.write(node, text);
      ripple.enlist(node);
    });
  }

  /** Append an instance of this repeat to the parent; not of one with a count, which adds them by itself. */
  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode {
    if (repeat.kind !== 'repeat' || repeat.parent !== parent.definition.number) {
      throw new UsageError(`${repeat.name} is not a repeat inside ${parent.path}`);
    }
    refuseCounted(repeat);
    return this.#change((ripple) => ripple.add(repeat, parent));
  }

  /** Take an instance out; `restore()` puts it back, with its answers, where it was. */
  removeRepeat(instance: InstanceNode): RemovedRepeat {
    const { parent, position } = instance;
    if (parent === undefined || instance.definition.kind !== 'repeat') {
      throw new UsageError(`${instance.path} is not an instance of a repeat in this response`);
    }
    refuseCounted(instance.definition);
    this.#change((ripple) => ripple.remove(instance, parent));
    return { restore: () => this.#restore(instance, parent, position) };
  }

  /** Instances of a repeat under this parent, relevant or not. */
  instances(parent: InstanceNode, repeat: NodeDefinition): readonly InstanceNode[] {
    return parent.instancesOf(repeat);
  }

  /**
   * The first instance of a repeat that has none, as it would be and without adding it: so that one can ask whether it would be relevant
   * and what it would be called. Changes nothing.
   */
  wouldBe(parent: InstanceNode, repeat: NodeDefinition): InstanceNode {
    const instance = this.#grower.fresh(repeat, parent);
    if (repeat.relevant !== undefined)
      instance.wanted = toTruth(evaluate(repeat.relevant, contextOf(instance, this.#world)));
    instance.relevant = parent.relevant && instance.wanted;
    return instance;
  }

  /** All problems, in order of the form. */
  problems(): Problem[] {
    const found: Problem[] = [];
    for (const node of subtree(this.root)) {
      const code = node.problem;
      if (code !== undefined) found.push({ node, path: node.path, code });
    }
    return found;
  }

  /** Items a select offers now: from a list, the same array as long as they are the same. */
  choices(node: InstanceNode, pack: TextPack): readonly Choice[] {
    return this.#questions.choices(node, pack);
  }

  /** A text of this node, undefined where the form has none. */
  text(node: InstanceNode, which: TextKind, pack: TextPack): ShownText | undefined {
    return this.#questions.text(node, which, pack);
  }

  /** The language that calculations see when they name a choice (jr:choice-name). */
  useTexts(pack: TextPack): void {
    this.#world.texts = pack;
    this.#change((ripple) => ripple.enlistTasks(this.#structure.worded));
  }

  /** The node at `/data/main/assets[2]/asset_name`, undefined when there is none. */
  find(path: string): InstanceNode | undefined {
    return this.#world.find(path);
  }

  /** All that was typed, also where it is not relevant now. */
  draftJson(): string {
    return draftJson(this.root, this.#structure);
  }

  /** Blank questions that want to know where the phone is as the response begins: ask it, and answer them. */
  positionsToAsk(): InstanceNode[] {
    const wants = ({ value, definition }: InstanceNode): boolean =>
      value === '' && definition.set.some((set) => set.value === 'position');
    return [...subtree(this.root)].filter(wants);
  }

  /** Note the time of the end, where the form wants it. To be called before finalJson(); may be called again. */
  finish(): void {
    const { now } = this.#world.surroundings;
    const isEnd = ({ preload, calculate }: NodeDefinition): boolean => preload === 'end' && calculate === undefined;
    this.#change((ripple) => {
      for (const node of subtree(this.root)) if (isEnd(node.definition)) ripple.write(node, now);
    });
  }

  /** Relevant answers only; blank leaves, empty groups and empty repeats are left out. */
  finalJson(): string {
    return finalJson(this.root, this.#structure);
  }

  /** As finalJson, cut into the parts of the record: `main`, and `equality` and `contact` where they hold answers. */
  finalParts(): ReadonlyMap<string, string> {
    return finalParts(this.root, this.#structure);
  }

  /** Called after each change, once, when everything is right again; returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #change<Outcome>(make: (ripple: Ripple) => Outcome): Outcome {
    const evaluateAt = (expression: Expr, node: InstanceNode): Value =>
      evaluate(expression, contextOf(node, this.#world));
    const fresh = (repeat: NodeDefinition, parent: InstanceNode): InstanceNode => this.#grower.fresh(repeat, parent);
    const ripple = new Ripple({ structure: this.#structure, root: this.root, evaluate: evaluateAt, fresh });
    const outcome = make(ripple);
    ripple.settle();
    if (ripple.changed.size > 0) for (const listener of this.#listeners) listener(ripple.changed);
    return outcome;
  }

  #restore(instance: InstanceNode, parent: InstanceNode, position: number): void {
    if (instance.parent !== undefined) return;
    this.#change((ripple) => {
      parent.put(instance, position - 1);
      ripple.spreadRelevance(instance);
      ripple.arrived(instance, parent);
      for (const node of subtree(instance)) if (!node.definition.volatile) ripple.enlist(node);
    });
  }
}

function refuseCounted(repeat: NodeDefinition): void {
  if (repeat.count === undefined) return;
  throw new UsageError(`${repeat.name} has as many instances as the form says: nobody adds or removes one`);
}

/** What the surroundings know as a response begins; a calculation goes before. */
function preloaded({ definition }: InstanceNode, surroundings: Surroundings): string | undefined {
  if (definition.calculate !== undefined) return undefined;
  switch (definition.preload) {
    case 'uid':
      return `uuid:${surroundings.uuid()}`;
    case 'start':
      return surroundings.now;
    case 'today':
      return surroundings.now.slice(0, 'YYYY-MM-DD'.length);
    case 'deviceid':
      return surroundings.deviceId ?? '';
    case 'username':
      return surroundings.userName ?? '';
    case 'email':
      return surroundings.email ?? '';
    case 'phonenumber':
      return surroundings.phoneNumber ?? '';
    case 'end':
    case undefined:
      return undefined;
  }
}

function rootOf(logic: Logic): NodeDefinition {
  const [root] = logic.nodes;
  if (root === undefined) throw new DefinitionError('nodes', 'the form has no root element');
  return root;
}

function parseAnswers(answersJson: string): unknown {
  try {
    return JSON.parse(answersJson);
  } catch (error) {
    throw new AnswersError('answers', `this is not JSON (${String(error)})`);
  }
}
