/** The state of one response in a word or two. Colour only repeats what the word and the sign already say. */

import { type ShownState, stateName } from '../responses/states.ts';
import { useTools } from '../tools.ts';
import { Icon } from './icons.tsx';
import { MoreIcon } from './more-icons.tsx';

const LOOKS = {
  draft: { class: 'chip', icon: () => <MoreIcon name="pen" /> },
  finalised: { class: 'chip chip-wait', icon: () => <Icon name="clock" /> },
  sent: { class: 'chip chip-good', icon: () => <Icon name="check" /> },
  'set-aside': { class: 'chip chip-wait', icon: () => <Icon name="clock" /> },
  held: { class: 'chip chip-good', icon: () => <MoreIcon name="team" /> },
  safe: { class: 'chip chip-good', icon: () => <MoreIcon name="safe" /> },
  refused: { class: 'chip chip-bad', icon: () => <Icon name="warning" /> },
  returned: { class: 'chip chip-wait', icon: () => <MoreIcon name="pen" /> },
  approved: { class: 'chip chip-good', icon: () => <Icon name="check" /> },
  rejected: { class: 'chip', icon: () => <MoreIcon name="cross" /> },
  erased: { class: 'chip', icon: () => <MoreIcon name="cross" /> },
} as const;

export function StateChip({ state }: { readonly state: ShownState }) {
  const { words } = useTools().app;
  return (
    <span class={LOOKS[state].class}>
      {LOOKS[state].icon()}
      {stateName(words, state)}
    </span>
  );
}
