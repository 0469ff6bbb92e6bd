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

/** Groups directly below the root that travel as parts of their own, so that they can be erased by themselves. */
const OWN_PARTS = ['equality', 'contact'];

/** The final answers by part: `main`, which is always there, and those of OWN_PARTS that hold any. */
export function finalParts(root: InstanceNode, structure: Structure): Map<string, string> {
  const apart = structure
    .childrenOf(root.definition)
    .filter(({ kind, name }) => kind === 'group' && OWN_PARTS.includes(name));
  const main = inside(root, structure, (node) => node.relevant && !apart.includes(node.definition));
  const parts = new Map([['main', main ?? '{}']]);
  for (const group of apart) {
    const written = inside(
      root,
      structure,
      (node) => node.relevant && (node.parent !== root || node.definition === group),
    );
    if (written !== undefined) parts.set(group.name, written);
  }
  return parts;
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
