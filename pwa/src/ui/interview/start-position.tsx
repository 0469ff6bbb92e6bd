/** Some forms note where the phone is as an interview begins: asked for once, in the background, and said plainly. Nobody waits for it. */

import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import { browserSurroundings, makeFinder } from '../questions/finding.ts';
import { useTools } from '../tools.ts';

export function StartPosition({ interview }: { readonly interview: Interview }) {
  const { app, router } = useTools();
  const { t } = app.words;
  const moves = useRef(router.moves.peek());
  const finder = useMemo(() => makeFinder(browserSurroundings()), []);
  const asked = interview.positionsToAsk;
  // Once for each interview; what is known already is not asked again.
  useEffect(() => {
    const note = (found: string): void => {
      for (const node of asked) interview.answer(node, found);
    };
    if (asked.some(({ value }) => value === '')) finder.start(note);
    return finder.stop;
  }, [interview]);
  const { kind } = finder.finding.value;
  // Said on the page where it began, and for as long as it goes on.
  if (router.moves.value !== moves.current && kind !== 'looking') return null;
  const lost = kind !== 'idle' && kind !== 'looking';
  return (
    <p class="quiet small" role="status">
      {lost
        ? t('We could not find where this phone is. You can go on without it.')
        : t('This interview also saves where this phone is.')}
    </p>
  );
}
