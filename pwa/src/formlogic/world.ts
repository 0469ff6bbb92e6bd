/** The world of one response: its document, the form's lists, the words in use. */
import type { Context, Surroundings, World } from './context.ts';
import type { NodeDefinition, TextPack } from './definition.ts';
import type { FormLists } from './form-lists.ts';
import { type Facts, InstanceNode, type ProblemCode } from './instance.ts';
import type { Questions } from './questions.ts';
import type { Structure } from './structure.ts';
import { DocumentNode, type TreeNode } from './tree.ts';
import { trimmed } from './values.ts';

export interface WorldParts {
  readonly structure: Structure;
  readonly questions: Questions;
  readonly lists: FormLists;
  readonly surroundings: Surroundings;
}

export class ResponseWorld implements World, Facts {
  readonly document: DocumentNode;
  readonly root: InstanceNode;
  readonly surroundings: Surroundings;
  texts: TextPack | undefined;
  readonly #structure: Structure;
  readonly #questions: Questions;
  readonly #lists: FormLists;

  constructor({ structure, questions, lists, surroundings }: WorldParts, plant: (facts: Facts) => InstanceNode) {
    this.#structure = structure;
    this.#questions = questions;
    this.#lists = lists;
    this.surroundings = surroundings;
    this.root = plant(this);
    this.document = new DocumentNode(() => this.root);
  }

  /** The same world, read in another language. */
  inWords(pack: TextPack): World {
    const { document, surroundings } = this;
    return {
      document,
      surroundings,
      texts: pack,
      list: (id) => this.list(id),
      choiceName: (value, question, context) => this.choiceName(value, question, context),
    };
  }

  list(id: string): DocumentNode | undefined {
    return this.#lists.document(id);
  }

  /** Blank for what the question does not offer; the value itself while no language is chosen. */
  choiceName(value: string, question: string | TreeNode | undefined, { current, world }: Context): string {
    if (world.texts === undefined) return value;
    const asked =
      typeof question === 'string' && current instanceof InstanceNode ? this.#nearest(question, current) : question;
    if (!(asked instanceof InstanceNode)) return '';
    return this.#questions.choice(asked, value, world.texts)?.label.text ?? '';
  }

  /** The node at `/data/main/assets[2]/asset_name`, undefined when there is none. */
  find(path: string): InstanceNode | undefined {
    const [, first, ...steps] = path.split('/');
    let at: InstanceNode | undefined = first === this.root.definition.name ? this.root : undefined;
    for (const step of steps) at = at && childAt(at, step);
    return at;
  }

  required(node: InstanceNode): boolean {
    return this.#questions.required(node);
  }

  readonly(node: InstanceNode): boolean {
    return this.#questions.readonly(node);
  }

  problem(node: InstanceNode): ProblemCode | undefined {
    return this.#questions.problem(node);
  }

  /** The node that a path without predicates means from here: in a repeat, that of the same instance. */
  #nearest(path: string, from: InstanceNode): InstanceNode | undefined {
    const names = trimmed(path).split('/');
    const definition =
      names[0] === '' ? this.#structure.find(names.slice(1)) : this.#structure.find(absolute(names, from));
    return definition && this.#nearestOf(definition, from);
  }

  #nearestOf(definition: NodeDefinition, from: InstanceNode): InstanceNode | undefined {
    const way = [this.#structure.root, ...this.#structure.way(definition, 0)];
    let at: InstanceNode | undefined = from;
    while (at !== undefined && !way.includes(at.definition)) at = at.parent;
    const rest = at === undefined ? [] : way.slice(way.indexOf(at.definition) + 1);
    for (const step of rest) at = at?.instancesOf(step)[0];
    return at;
  }
}

/** Names from the root element, for a path that begins at a node. */
function absolute(names: readonly string[], from: InstanceNode): string[] {
  const result: string[] = [];
  for (let at: InstanceNode | undefined = from; at !== undefined; at = at.parent) result.unshift(at.definition.name);
  for (const name of names) {
    if (name === '..') result.pop();
    else if (name !== '.') result.push(name);
  }
  return result;
}

/** `assets[2]`, or `assets` for the first. */
function childAt(parent: InstanceNode, step: string): InstanceNode | undefined {
  const found = /^(.+)\[([0-9]+)\]$/.exec(step);
  const name = found?.[1] ?? step;
  const candidates = parent.children.filter((child) => child.definition.name === name);
  return candidates[Number(found?.[2] ?? 1) - 1];
}
