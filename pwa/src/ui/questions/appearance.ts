/** How a form wants a question to look. Pure. */

import type { NodeDefinition } from '../../formlogic/definition.ts';

/** From this many choices on, a list gets a search box and draws only the rows in sight. */
const LONG = 61;

/** Which kind of control a question gets. `given`: nobody can change it. `text`, `whole-number` and `one`, `many`: drawn with the first page. */
export type ControlKind =
  | 'given'
  | 'text'
  | 'whole-number'
  | 'decimal'
  | 'time'
  | 'date'
  | 'date-time'
  | 'position'
  | 'one'
  | 'many'
  | 'menu'
  | 'long-list'
  | 'rank'
  | 'range'
  | 'trigger'
  | 'upload';

export function hasAppearance({ appearance }: NodeDefinition, ...words: readonly string[]): boolean {
  return appearance.split(' ').some((word) => words.includes(word));
}

/** `count`: how many choices are offered now. */
export function controlKind(definition: NodeDefinition, count: number): ControlKind {
  switch (definition.control) {
    case 'select1':
    case 'select':
      return choiceKind(definition, count);
    case 'rank':
    case 'range':
    case 'trigger':
    case 'upload':
      return definition.control;
    default:
      return typedKind(definition.type);
  }
}

/** Questions with one field have a label; all others are a group of controls with a legend. */
export function hasOneField(kind: ControlKind): boolean {
  return kind === 'text' || kind === 'whole-number' || kind === 'decimal' || kind === 'time';
}

function choiceKind(definition: NodeDefinition, count: number): ControlKind {
  if (hasAppearance(definition, 'minimal')) return 'menu';
  if (count >= LONG || hasAppearance(definition, 'search', 'autocomplete')) return 'long-list';
  return definition.control === 'select' ? 'many' : 'one';
}

function typedKind(type: string): ControlKind {
  switch (type) {
    case 'int':
      return 'whole-number';
    case 'decimal':
    case 'time':
    case 'date':
      return type;
    case 'dateTime':
      return 'date-time';
    case 'geopoint':
      return 'position';
    default:
      return 'text';
  }
}
