/**
 * Answers as JSON text: groups are objects, repeats lists, leaves texts, in order of the form.
 *
 * Written by hand because a question may be called `__proto__` or `1`, which a plain object would lose or move.
 */
import type { InstanceNode } from './instance.ts';
import type { Structure } from './structure.ts';

/** Relevant answers only; blank leaves, empty groups and empty repeats are left out. */
export function finalJson(root: InstanceNode, structure: Structure): string {
  return inside(root, structure, (node) => node.relevant) ?? '{}';
}

/** All that was typed, also where it is not relevant now. */
export function draftJson(root: InstanceNode, structure: Structure): string {
  return inside(root, structure, () => true) ?? '{}';
}

type Wanted = (node: InstanceNode) => boolean;

/** What is below a group; undefined when that is nothing. */
function inside(node: InstanceNode, structure: Structure, wanted: Wanted): string | undefined {
  const fields: string[] = [];
  for (const definition of structure.childrenOf(node.definition)) {
    const nodes = node.instancesOf(definition).filter(wanted);
    const written = definition.kind === 'repeat' ? list(nodes, structure, wanted) : one(nodes[0], structure, wanted);
    if (written !== undefined) fields.push(`${JSON.stringify(definition.name)}:${written}`);
  }
  return fields.length === 0 ? undefined : `{${fields.join(',')}}`;
}

/** An instance without answers keeps its place, `{}`: those after it must not move up. */
function list(instances: readonly InstanceNode[], structure: Structure, wanted: Wanted): string | undefined {
  const written = instances.map((instance) => inside(instance, structure, wanted) ?? '{}');
  return written.length === 0 ? undefined : `[${written.join(',')}]`;
}

function one(node: InstanceNode | undefined, structure: Structure, wanted: Wanted): string | undefined {
  if (node === undefined) return undefined;
  if (node.definition.kind === 'group') return inside(node, structure, wanted);
  return node.value === '' ? undefined : JSON.stringify(node.value);
}
