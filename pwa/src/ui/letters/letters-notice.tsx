/** Shown unasked, and only where this phone evidently cannot draw the language in use: who cannot read it reads the English. */

import { useMemo } from 'preact/hooks';
import { useTools } from '../tools.ts';
import { lettersFor } from './letters.ts';
import { LettersLine } from './letters-card.tsx';
import { lacks } from './missing-letters.ts';

export function LettersNotice() {
  const { app, later } = useTools();
  const { t } = app.words;
  const shelf = later.state.value;
  const lang = app.interview.value?.pack.value.lang ?? app.language.value.lang;
  const letters = lettersFor(lang);
  const isMissing = useMemo(() => letters !== undefined && lacks(letters.samples), [letters]);
  if (letters === undefined || !isMissing || shelf.kind !== 'here') return null;
  const here = shelf.letters;
  if (!here.canKeep()) return null;
  return (
    <aside class="page notice">
      <p>{t('This phone does not have the letters of this language.')}</p>
      <p lang="en" dir="ltr">
        This phone does not have the letters of this language. Press the button to get them ({letters.kilobytes} kB).
      </p>
      <LettersLine here={here} letters={letters} />
    </aside>
  );
}
