/** Letters for scripts that this phone may lack: how large they are, get them, remove them. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { language } from '../../i18n/languages.ts';
import { useTools } from '../tools.ts';
import type { Fetched, KeptLetters } from './kept-letters.ts';
import { LETTERS, type Letters } from './letters.ts';

export function LettersCard() {
  const { app, later } = useTools();
  const { t } = app.words;
  const shelf = later.state.value;
  if (shelf.kind !== 'here' || !shelf.letters.canKeep()) return null;
  return (
    <section class="stack-close">
      <h2>{t('Letters look wrong?')}</h2>
      <p>{t('If you see empty boxes where letters should be, get the letters here. They then stay on this phone.')}</p>
      <ul class="cards">
        {LETTERS.map((one) => (
          <li key={one.lang} class="card">
            <LettersLine here={shelf.letters} letters={one} />
          </li>
        ))}
      </ul>
      <Licence />
    </section>
  );
}

function Licence() {
  const { t } = useTools().app.words;
  const address = useSignal<string | undefined>(undefined);
  useEffect(() => {
    void import('./letter-files.ts').then(
      ({ LICENCE }) => {
        address.value = LICENCE;
      },
      () => undefined,
    );
  }, []);
  if (address.value === undefined) return null;
  return (
    <a class="back" href={address.value} rel="external">
      {t('Read the licence of these letters (Noto)')}
    </a>
  );
}

interface LettersLineProps {
  readonly here: KeptLetters;
  readonly letters: Letters;
}

/** The name of the language is read out in itself; the button keeps its place, and so keeps focus. */
export function LettersLine({ here, letters }: LettersLineProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const busy = useSignal(false);
  const { lang, autonym, direction } = language(letters.lang);
  const isKept = here.kept.value.has(lang);
  const press = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const outcome = isKept ? await here.remove(letters) : await here.get(letters);
    busy.value = false;
    announcer.say({ text: outcome === undefined ? t('The letters are removed.') : outcomeSentence(t, outcome) });
  };
  const id = `letters-${lang}`;
  return (
    <>
      <p class="line-name" id={id} lang={lang} dir={direction}>
        {autonym}
      </p>
      <button
        type="button"
        id={`${id}-get`}
        class="button button-second"
        aria-labelledby={`${id}-get ${id}`}
        aria-busy={busy.value}
        onClick={press}
      >
        {isKept ? t('Remove these letters') : t('Get these letters, {kilobytes} kB', { kilobytes: letters.kilobytes })}
      </button>
    </>
  );
}

function outcomeSentence(t: (sentence: string) => string, outcome: Fetched): string {
  switch (outcome) {
    case 'kept':
      return t('The letters are on this phone.');
    case 'no-connection':
      return t('The letters could not be fetched. Connect to the internet, then try again.');
    case 'no-room':
      return t('This phone has no room for these letters.');
  }
}
