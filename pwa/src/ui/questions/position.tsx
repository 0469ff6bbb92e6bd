/** A position: found by the phone, or typed, or left out. What is known so far is always kept; a better one replaces it. */

import { useEffect, useMemo } from 'preact/hooks';
import { MoreIcon } from '../pieces/more-icons.tsx';
import { useTools } from '../tools.ts';
import { type Finding, makeFinder } from './finding.ts';
import { PositionKnown } from './position-known.tsx';
import { PositionTyped } from './position-typed.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function Position({ interview, node, describedBy }: ControlProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const finder = useMemo(() => makeFinder(navigator.geolocation), []);
  useEffect(() => finder.stop, [finder]);
  const looking = finder.finding.value.kind === 'looking';
  const toggle = (): void => {
    if (looking) finder.stop();
    else finder.start((found) => interview.answer(node, found));
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
      <PositionTyped interview={interview} node={node} />
      {!node.required && <p class="quiet">{t('You can go on without a position.')}</p>}
    </>
  );
}

function FindingSentence({ finding, known }: { readonly finding: Finding; readonly known: boolean }) {
  const { t } = useTools().app.words;
  switch (finding.kind) {
    case 'idle':
      return null;
    case 'looking':
      return (
        <p>
          {known
            ? t('Still looking, to find it more exactly…')
            : t('Looking for your position. This can take a minute. It works best outside.')}
        </p>
      );
    case 'refused':
      return (
        <p class="notice notice-wait">
          {t(
            'This phone does not tell us where you are. Allow “Location” for this page in the settings of your browser, then try again. Or type the position.',
          )}
        </p>
      );
    case 'not-found':
      return (
        <p class="notice notice-wait">
          {t('We could not find your position. Go outside or near a window, then try again. Or type the position.')}
        </p>
      );
  }
}
