/** How cards of choices stand: one below another, in columns, close together, or as a scale. Pure. */

import type { NodeDefinition } from '../../formlogic/definition.ts';
import { hasAppearance } from './appearance.ts';

export interface ChoicesLook {
  readonly classes: string;
  /** Numbers for the style sheet. */
  readonly style: { readonly [property: `--${string}`]: string };
}

/** From this many on a wide screen shows them side by side. */
const MANY = 9;
const MOST_COLUMNS = 5;

/** Every look becomes a plain list where the screen is too narrow for it. */
export function choicesLook(definition: NodeDefinition, count: number): ChoicesLook {
  if (hasAppearance(definition, 'likert')) return look('choices-scale', { '--count': String(count) });
  if (hasAppearance(definition, 'columns-pack', 'compact')) return look('choices-pack');
  const columns = columnsOf(definition);
  if (columns !== undefined) return look('choices-columns', { '--columns': String(columns) });
  return look(count >= MANY ? 'choices-many' : '');
}

/** `columns-3`: at most 3; `columns`: as many as fit. */
function columnsOf(definition: NodeDefinition): number | undefined {
  if (hasAppearance(definition, 'columns', 'horizontal')) return MOST_COLUMNS;
  const words = definition.appearance.split(' ').filter((word) => /^columns-[1-9][0-9]?$/.test(word));
  return words[0] === undefined ? undefined : Number(words[0].slice('columns-'.length));
}

function look(name: string, style: ChoicesLook['style'] = {}): ChoicesLook {
  return { classes: name === '' ? 'choices' : `choices ${name}`, style };
}
