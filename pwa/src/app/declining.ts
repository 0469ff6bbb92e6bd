/** What a form makes of a no: asked first, and then it has nothing more to ask. Pure; the twin is in server/residents/paging.py. */

import type { NodeDefinition } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { type Page, pagesIn, partOf } from './pages.ts';

/**
 * The person said no: after the first page there are only notes, though the form asks more of others. A form that asks all it has on
 * its first page is not declined by closing with a note.
 */
export function isDeclined(form: Form, pages: readonly Page[]): boolean {
  return pages.length > 1 && asksOthersMore(form, pages, 0);
}

/** The equality questions are left out: the first page of their part asked for them, and got a no. */
export function isSkipped(form: Form, pages: readonly Page[]): boolean {
  const group = form.logic.nodes.find((node) => node.parent === 0 && partOf(node) === 'equality');
  const own = pagesIn(pages, 'equality');
  return group !== undefined && own.length > 0 && asksOthersMore(form, own, group.number);
}

/** `top`: the node whose questions count. */
function asksOthersMore(form: Form, [first, ...rest]: readonly Page[], top: number): boolean {
  if (first?.kind !== 'questions') return false;
  if (rest.some((page) => page.kind === 'list' || page.nodes.some(({ definition }) => asks(definition)))) return false;
  const there = [...first.nodes, ...(first.group === undefined ? [] : [first.group])].map(
    ({ definition }) => definition,
  );
  const { nodes } = form.logic;
  return nodes.some(
    (node) => asks(node) && isWithin(nodes, node, top) && !there.some(({ number }) => isWithin(nodes, node, number)),
  );
}

function asks({ kind, control }: NodeDefinition): boolean {
  return kind === 'leaf' && control !== undefined && control !== 'note';
}

/** In this node, or this node itself. */
function isWithin(nodes: readonly NodeDefinition[], { number, parent }: NodeDefinition, top: number): boolean {
  if (number === top || top === 0) return true;
  const above = nodes[parent];
  return number !== 0 && above !== undefined && isWithin(nodes, above, top);
}
