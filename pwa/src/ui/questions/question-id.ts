import type { InstanceNode } from '../../formlogic/form.ts';

/** Id of the first control of a question; no two questions of one page share a node. */
export function questionId(node: InstanceNode): string {
  return `question-${node.definition.number}`;
}
