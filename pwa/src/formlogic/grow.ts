/** Grows branches of the answered tree: fresh from the form, or from stored answers. */
import type { NodeDefinition } from './definition.ts';
import { AnswersError } from './errors.ts';
import { type Facts, InstanceNode } from './instance.ts';
import type { Structure } from './structure.ts';

/** `fresh`: initial values and initial repeats. Otherwise what JSON.parse made of the answers. */
type Source = { readonly kind: 'fresh' } | { readonly kind: 'stored'; readonly answers: unknown };

const FRESH: Source = { kind: 'fresh' };

export class Grower {
  readonly #structure: Structure;
  readonly #facts: Facts;

  constructor(structure: Structure, facts: Facts) {
    this.#structure = structure;
    this.#facts = facts;
  }

  fresh(definition: NodeDefinition, parent: InstanceNode | undefined): InstanceNode {
    return this.#grow(definition, parent, FRESH);
  }

  /** The root element with these answers (the outcome of JSON.parse); what is not there is blank. */
  stored(answers: unknown): InstanceNode {
    return this.#grow(this.#structure.root, undefined, { kind: 'stored', answers });
  }

  #grow(definition: NodeDefinition, parent: InstanceNode | undefined, source: Source): InstanceNode {
    const node = new InstanceNode(definition, parent, this.#facts);
    if (definition.kind === 'leaf' && source.kind === 'stored') node.value = textAt(definition, source.answers);
    if (definition.kind === 'leaf' && source.kind === 'fresh') node.value = definition.value;
    const inside = this.#sourcesInside(definition, source);
    for (const child of this.#structure.childrenOf(definition)) {
      for (const childSource of inside(child)) node.append(this.#grow(child, node, childSource));
    }
    return node;
  }

  /** For each child definition, one source per instance that it is to have. */
  #sourcesInside(definition: NodeDefinition, source: Source): (child: NodeDefinition) => readonly Source[] {
    if (source.kind === 'fresh') return (child) => Array(instancesAtFirst(child)).fill(FRESH);
    // A leaf's answer is its text: there is no room in it for attributes.
    if (definition.kind === 'leaf') return () => [{ kind: 'stored', answers: undefined }];
    const answers = source.answers === undefined ? new Map<string, unknown>() : fieldsAt(definition, source.answers);
    this.#refuseUnknown(definition, answers);
    return (child) => (child.kind === 'repeat' ? listAt(child, answers) : [stored(answers.get(child.name))]);
  }

  /** An answer that fits nowhere would be lost with the next save. */
  #refuseUnknown(definition: NodeDefinition, answers: ReadonlyMap<string, unknown>): void {
    const known = new Set(this.#structure.childrenOf(definition).map((child) => child.name));
    for (const name of answers.keys()) {
      if (!known.has(name)) throw new AnswersError(`${definition.name}/${name}`, 'the form has no such question');
    }
  }
}

/** A repeat with a count waits for it. */
function instancesAtFirst({ kind, count, initial }: NodeDefinition): number {
  if (kind !== 'repeat') return 1;
  return count === undefined ? initial : 0;
}

function stored(answers: unknown): Source {
  return { kind: 'stored', answers };
}

function textAt(definition: NodeDefinition, answers: unknown): string {
  if (answers === undefined) return '';
  if (typeof answers !== 'string') throw new AnswersError(definition.name, 'a text was expected');
  return answers;
}

function fieldsAt(definition: NodeDefinition, answers: unknown): ReadonlyMap<string, unknown> {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    throw new AnswersError(definition.name, 'an object was expected');
  }
  return new Map(Object.entries(answers));
}

function listAt(definition: NodeDefinition, answers: ReadonlyMap<string, unknown>): readonly Source[] {
  const instances = answers.get(definition.name) ?? [];
  if (!Array.isArray(instances)) throw new AnswersError(definition.name, 'a list was expected');
  return instances.map(stored);
}
