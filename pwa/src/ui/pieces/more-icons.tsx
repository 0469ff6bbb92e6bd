/** The icons that a first question does not need. */

import { Strokes } from './icons.tsx';

const SHAPES = {
  camera:
    'M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 9.8a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2z',
  cross: 'M6 6l12 12M18 6L6 18',
  pen: 'M4.5 19.5l1-4.5L15.5 5a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L9 18.5z',
  pin: 'M12 21c-4-4.5-6.5-7.5-6.5-11a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11zM12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z',
  plus: 'M12 5v14M5 12h14',
  /** The rings of the mark, closed round a tick: with the team, and kept twice. */
  safe: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12.2l2.8 2.8L16 9.5',
  /** People: it is with the team. */
  team: 'M9 4.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.5 19a5.5 5.5 0 0 1 11 0M15.5 5a3 3 0 0 1 0 5.5M17.5 14a5.5 5.5 0 0 1 3 5',
} as const;

export function MoreIcon({ name }: { readonly name: keyof typeof SHAPES }) {
  return <Strokes path={SHAPES[name]} turns={false} />;
}
