/** The state of one response in a word or two. Colour only repeats what the word and the sign already say. */

import type { ResponseState } from '../../app/index.ts';
import { stateName } from '../responses/states.ts';
import { useTools } from '../tools.ts';
import { Icon } from './icons.tsx';

const LOOKS = {
  draft: { class: 'chip', icon: 'pen' },
  finalised: { class: 'chip chip-wait', icon: 'clock' },
  sent: { class: 'chip chip-good', icon: 'check' },
  'set-aside': { class: 'chip chip-wait', icon: 'clock' },
  held: { class: 'chip chip-good', icon: 'check' },
  safe: { class: 'chip chip-good', icon: 'check' },
  refused: { class: 'chip chip-bad', icon: 'warning' },
  erased: { class: 'chip', icon: 'check' },
} as const;

export function StateChip({ state }: { readonly state: ResponseState }) {
  const { words } = useTools().app;
  return (
    <span class={LOOKS[state].class}>
      <Icon name={LOOKS[state].icon} />
      {stateName(words, state)}
    </span>
  );
}
