import type { InstanceNode } from '../../formlogic/form.ts';

/** The question beside a position that keeps where it is in words, as long as it is asked. `saved`: which property each question saves. */
export function wordsBeside(node: InstanceNode, saved: ReadonlyMap<number, string>): InstanceNode | undefined {
  return node.parent?.children.find(
    ({ definition, relevant, readonly }) =>
      saved.get(definition.number) === 'place' && definition.control === 'input' && relevant && !readonly,
  );
}
