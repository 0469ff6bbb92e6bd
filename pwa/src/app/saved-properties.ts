/** Which property of an entity each question of a form saves: the engine has no use for it, so that it is read from the logic again. */

import { fieldsOf, parseJson, textOf } from '../sync/shape.ts';

/** By the number of the node. */
export function savedProperties(logic: string): ReadonlyMap<number, string> {
  const nodes = fieldsOf(parseJson(logic)).get('nodes');
  const saved = new Map<number, string>();
  if (!Array.isArray(nodes)) return saved;
  for (const [number, node] of nodes.entries()) {
    const property = textOf(fieldsOf(node).get('save_to'));
    if (property !== undefined) saved.set(number, property);
  }
  return saved;
}
