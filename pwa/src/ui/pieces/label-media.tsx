/** Pictures, sounds and videos that go with a text of the form, below it. Nothing where there are none. */

import { useRef } from 'preact/hooks';
import type { InstanceNode, ShownText } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { Later } from './later.tsx';
import { isSpokenHere } from './spoken-here.ts';

interface LabelMediaProps {
  readonly words: ShownText | undefined;
  /** The key of its recording (server/recordings/sayable.py). */
  readonly sound?: string | undefined;
  /** The question whose label this is. */
  readonly node?: InstanceNode | undefined;
}

export function LabelMedia({ words, sound, node }: LabelMediaProps) {
  return (
    <>
      <Seen words={words} />
      <Heard words={words} sound={sound} node={node} />
    </>
  );
}

export function Seen({ words }: Pick<LabelMediaProps, 'words'>) {
  if (words?.media?.image === undefined && words?.media?.video === undefined) return null;
  const { text, media } = words;
  return <Later draw={({ MediaFiles }) => <MediaFiles text={text} media={media} />} />;
}

/** It waits for no one. Where it comes late, its room is kept from the first: nothing moves from under a finger. */
export function Heard({ words, sound, node }: LabelMediaProps) {
  const { app, later } = useTools();
  const state = later.state.value;
  const isLate = useRef(state.kind !== 'here').current;
  if (words === undefined) return null;
  const heard = state.kind === 'here' && <state.screens.Heard words={words} sound={sound} node={node} />;
  const isLikely =
    words.media?.audio !== undefined ||
    (sound !== undefined && isSpokenHere(app)) ||
    (node !== undefined && 'speechSynthesis' in globalThis);
  return isLate && isLikely ? <div class="heard">{heard}</div> : heard;
}
