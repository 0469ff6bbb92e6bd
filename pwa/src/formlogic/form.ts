/**
 * The door of the form engine: begin or resume a response, answer, ask.
 *
 *   const form = begin(parseLogic(json), surroundings)
 *   form.answer(node, 'green')          // everything that depends on it is right when this returns
 *   node.relevant, node.value, node.required, node.readonly, node.problem
 *
 * Pure: no clock, no chance, no disk; those come in with `Surroundings`. Nothing here throws for what a person typed.
 */
import { draftJson, finalJson } from './answers.ts';
import { contextOf, type Surroundings } from './context.ts';
import type { Expr, Logic, NodeDefinition, SetEvent, TextKind, TextPack } from './definition.ts';
import { AnswersError, DefinitionError, UsageError } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { Grower } from './grow.ts';
import { type InstanceNode, type ProblemCode, subtree } from './instance.ts';
import { type Choice, Questions, type ShownText } from './questions.ts';
import { Ripple } from './ripple.ts';
import { Structure } from './structure.ts';
import { toTruth, type Value } from './values.ts';
import { ResponseWorld } from './world.ts';

export type { Surroundings } from './context.ts';
export type { InstanceNode, ProblemCode } from './instance.ts';
export type { Choice, ShownText, TextPart } from './questions.ts';

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

/** A new response, with initial values, calculations and first-load values in place. */
export function begin(logic: Logic, surroundings: Surroundings): Form {
  const grow = (grower: Grower): InstanceNode => grower.fresh(rootOf(logic), undefined);
  return new Form(logic, surroundings, { grow, event: 'first-load' });
}

/** A response as `draftJson()` left it; raises AnswersError when the text is not of this form. */
export function resume(logic: Logic, answersJson: string, surroundings: Surroundings): Form {
  const answers = parseAnswers(answersJson);
  return new Form(logic, surroundings, { grow: (grower) => grower.stored(answers), event: undefined });
}

/** How a form comes by its tree, and what happens to it then. */
interface Planting {
  readonly grow: (grower: Grower) => InstanceNode;
  readonly event: SetEvent | undefined;
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
    this.#questions = new Questions(evaluateAt);
    this.#world = new ResponseWorld(this.#structure, this.#questions, surroundings, (facts) =>
      planting.grow(new Grower(this.#structure, facts)),
    );
    this.#grower = new Grower(this.#structure, this.#world);
    this.root = this.#world.root;
    this.#change((ripple) => ripple.enlistTasks(this.#structure.tasks));
    const { event } = planting;
    if (event !== undefined) this.#change((ripple) => this.#setValues(ripple, this.root, event));
  }

  /** Set a leaf's text. A calculated leaf keeps what the form calculates. */
  answer(node: InstanceNode, text: string): void {
    if (node.definition.kind !== 'leaf')
      throw new UsageError(`${node.path} is a ${node.definition.kind}: it holds no answer`);
    if (text === node.value) return;
    this.#change((ripple) => {
      this.#write(ripple, node, text);
      ripple.enlist(node);
    });
  }

  /** Append an instance of this repeat to the parent. */
  addRepeat(parent: InstanceNode, repeat: NodeDefinition): InstanceNode {
    if (repeat.kind !== 'repeat' || repeat.parent !== parent.definition.number) {
      throw new UsageError(`${repeat.name} is not a repeat inside ${parent.path}`);
    }
    const instance = this.#grower.fresh(repeat, parent);
    this.#change((ripple) => {
      parent.put(instance);
      // ODK: the values of a new repeat are set before anything is calculated.
      this.#setValues(ripple, instance, 'new-repeat');
      this.#arrived(ripple, instance, parent);
      for (const node of subtree(instance)) ripple.enlist(node);
    });
    return instance;
  }

  /** Take an instance out; `restore()` puts it back, with its answers, where it was. */
  removeRepeat(instance: InstanceNode): RemovedRepeat {
    const { parent, position } = instance;
    if (parent === undefined || instance.definition.kind !== 'repeat') {
      throw new UsageError(`${instance.path} is not an instance of a repeat in this response`);
    }
    this.#change((ripple) => {
      this.#arrived(ripple, instance, parent);
      parent.take(instance);
    });
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

  /** Items a select offers now. */
  choices(node: InstanceNode, pack: TextPack): Choice[] {
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

  /** Relevant answers only; blank leaves, empty groups and empty repeats are left out. */
  finalJson(): string {
    return finalJson(this.root, this.#structure);
  }

  /** Called after each change, once, when everything is right again; returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #change(make: (ripple: Ripple) => void): void {
    const evaluateAt = (expression: Expr, node: InstanceNode): Value =>
      evaluate(expression, contextOf(node, this.#world));
    const ripple = new Ripple(this.#structure, this.root, evaluateAt);
    make(ripple);
    ripple.settle();
    if (ripple.changed.size > 0) for (const listener of this.#listeners) listener(ripple.changed);
  }

  #write(ripple: Ripple, node: InstanceNode, text: string): void {
    if (text === node.value) return;
    node.value = text;
    ripple.touch(node);
  }

  #setValues(ripple: Ripple, top: InstanceNode, event: SetEvent): void {
    for (const node of subtree(top)) {
      const preload = event === 'first-load' ? preloaded(node, this.#world.surroundings) : undefined;
      if (preload !== undefined) this.#write(ripple, node, preload);
      for (const { event: when, value } of node.definition.set) {
        if (when === event) this.#write(ripple, node, this.#world.textOf(value, node));
      }
    }
  }

  /** A repeat that came or goes changes itself, the place of those after it, and the children of its parent. */
  #arrived(ripple: Ripple, instance: InstanceNode, parent: InstanceNode): void {
    ripple.changed.add(parent);
    ripple.touchAll(instance);
    ripple.touchLater(instance);
  }

  #restore(instance: InstanceNode, parent: InstanceNode, position: number): void {
    if (instance.parent !== undefined) return;
    this.#change((ripple) => {
      parent.put(instance, position - 1);
      ripple.spreadRelevance(instance);
      this.#arrived(ripple, instance, parent);
      for (const node of subtree(instance)) if (!node.definition.volatile) ripple.enlist(node);
    });
  }
}

function preloaded(node: InstanceNode, surroundings: Surroundings): string | undefined {
  switch (node.definition.preload) {
    case 'uid':
      return `uuid:${surroundings.uuid()}`;
    case 'deviceid':
      return surroundings.deviceId ?? '';
    case 'username':
      return surroundings.userName ?? '';
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
