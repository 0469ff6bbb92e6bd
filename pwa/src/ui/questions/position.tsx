/**
 * A position: found by the phone, set on a map, typed, or left out; exactly, or only roughly. What is known so far is always kept; a better one
 * replaces it.
 */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { MoreIcon } from '../pieces/more-icons.tsx';
import { useTools } from '../tools.ts';
import { browserSurroundings, makeFinder } from './finding.ts';
import { fixOf, geopointText, isRoughly, roughly } from './geopoint.ts';
import { PositionElse } from './position-else.tsx';
import { FindingSentence } from './position-finding.tsx';
import { PositionKnown } from './position-known.tsx';
import { PositionOnMap } from './position-on-map.tsx';
import { PositionTyped } from './position-typed.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

/** Of questions for which somebody has said it, by response and question, until the app is closed: a wish outlives its page. */
const roughWishes = new Map<string, boolean>();

export function Position({ interview, node, describedBy }: ControlProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const wishOf = `${interview.responseId} ${node.path}`;
  const isRough = useSignal(roughWishes.get(wishOf) ?? isRoughText(node.value));
  const finder = useMemo(() => makeFinder(browserSurroundings()), []);
  useEffect(() => finder.stop, [finder]);
  const looking = finder.finding.value.kind === 'looking';
  /** The one way in: nothing more exact than the person wishes is ever written down. */
  const give = (geopoint: string): void => interview.answer(node, isRough.value ? roughText(geopoint) : geopoint);
  const toggle = (): void => (looking ? finder.stop() : finder.start(give));
  const wishRough = (wished: boolean): void => {
    isRough.value = wished;
    roughWishes.set(wishOf, wished);
    give(node.value);
  };
  const set = (geopoint: string): void => {
    finder.stop();
    give(geopoint);
  };
  return (
    <>
      <PositionKnown interview={interview} node={node} stop={finder.stop} />
      <div role="status">
        <FindingSentence finding={finder.finding.value} known={node.value !== ''} />
      </div>
      <button
        type="button"
        id={questionId(node)}
        class="button button-second"
        aria-describedby={describedBy}
        onClick={toggle}
      >
        <MoreIcon name="pin" />
        {looking ? t('Stop looking') : node.value === '' ? t('Use my position') : t('Get it again')}
      </button>
      <Roughly node={questionId(node)} wished={isRough.value} wish={wishRough} />
      <PositionOnMap value={node.value} set={set} />
      <PositionTyped value={node.value} id={questionId(node)} set={set} stored={isRough.value ? roughText : same} />
      <PositionElse interview={interview} node={node} stop={finder.stop} />
    </>
  );
}

interface RoughlyProps {
  readonly node: string;
  readonly wished: boolean;
  readonly wish: (wished: boolean) => void;
}

function Roughly({ node, wished, wish }: RoughlyProps) {
  const { t } = useTools().app.words;
  return (
    <div class="choice">
      <input
        class="choice-mark"
        type="checkbox"
        id={`${node}-roughly`}
        checked={wished}
        onChange={(event) => wish(event.currentTarget.checked)}
      />
      <label class="choice-card" for={`${node}-roughly`}>
        {t('Only say roughly where it is, within about 500 metres')}
      </label>
    </div>
  );
}

function isRoughText(geopoint: string): boolean {
  const fix = fixOf(geopoint);
  return fix !== undefined && isRoughly(fix);
}

/** Half a position, as it is being typed, stays as it is. */
function roughText(geopoint: string): string {
  const fix = fixOf(geopoint);
  return fix === undefined ? geopoint : geopointText(roughly(fix));
}

function same(geopoint: string): string {
  return geopoint;
}
