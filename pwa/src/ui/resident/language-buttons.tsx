/** Every language by its own name, one tap away. While questions are asked, those of the form. */

import { useSignal } from '@preact/signals';
import type { Interview, Language, Poster } from '../../app/index.ts';
import { changeLanguage } from '../pieces/language-picker.tsx';
import { useTools } from '../tools.ts';

interface LanguageButtonsProps {
  readonly interview: Interview | undefined;
  readonly poster: Poster | undefined;
}

export function LanguageButtons({ interview, poster }: LanguageButtonsProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const busy = useSignal(false);
  const chosen = interview?.pack.value.lang ?? app.language.value.lang;
  const choose = async (lang: string): Promise<void> => {
    busy.value = true;
    const changed = await changeLanguage(app, interview, lang);
    busy.value = false;
    if (!changed)
      announcer.say({ text: t('This language is not on this phone yet. Connect to the internet, then try again.') });
  };
  return (
    <fieldset class="tongues" aria-label={t('Language')} aria-busy={busy.value}>
      {inOrder(interview?.languages ?? app.languages, poster).map(({ lang, autonym, direction }) => (
        <button
          key={lang}
          type="button"
          class="tongue"
          lang={lang}
          dir={direction}
          aria-current={lang === chosen ? 'true' : undefined}
          onClick={() => choose(lang)}
        >
          {autonym}
        </button>
      ))}
    </fieldset>
  );
}

/** Those of the poster first, in its order. */
function inOrder(languages: readonly Language[], poster: Poster | undefined): readonly Language[] {
  const place = ({ lang }: Language): number => {
    const found = poster?.languages.indexOf(lang) ?? -1;
    return found < 0 ? languages.length : found;
  };
  return [...languages].sort((one, other) => place(one) - place(other));
}
