/** Choose a language at any moment. Each language is written in itself. During an interview it lists what the form can speak. */

import { useSignal } from '@preact/signals';
import type { App, Interview, Language } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { Icon } from './icons.tsx';

export function LanguagePicker({ interview }: { readonly interview?: Interview | undefined }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const chosen = interview?.pack.value.lang ?? app.language.value.lang;
  const busy = useSignal(false);
  const choose = async (lang: string): Promise<void> => {
    busy.value = true;
    const changed = await changeLanguage(app, interview, lang);
    busy.value = false;
    if (!changed)
      announcer.say({ text: t('This language is not on this phone yet. Connect to the internet, then try again.') });
  };
  return (
    <label class="languages">
      <span class="for-readers">{t('Language')}</span>
      <Icon name="globe" />
      <select value={chosen} aria-busy={busy.value} onChange={(event) => choose(event.currentTarget.value)}>
        {offered(app, interview).map(({ lang, autonym, direction }) => (
          <option key={lang} value={lang} lang={lang} dir={direction} selected={lang === chosen}>
            {autonym}
          </option>
        ))}
      </select>
    </label>
  );
}

function offered(app: App, interview: Interview | undefined): readonly Language[] {
  return interview?.languages ?? inOrder(app);
}

/** As the forms have them, which is the programme's order; then the others by name. */
function inOrder({ languages, forms, words }: App): readonly Language[] {
  const order = forms.value[0]?.languages.map(({ lang }) => lang) ?? [];
  const known = languages.filter(({ lang }) => order.includes(lang));
  const others = languages.filter(({ lang }) => !order.includes(lang));
  return [
    ...known.sort((one, other) => order.indexOf(one.lang) - order.indexOf(other.lang)),
    ...words.inOrder(others, ({ autonym }) => autonym),
  ];
}

/**
 * The form first: only when its words are here does the rest of the screen follow it. False: they could not be had, nothing changed.
 * - Whoever has chosen another language by then stays with that one.
 */
export async function changeLanguage(app: App, interview: Interview | undefined, lang: string): Promise<boolean> {
  if (interview !== undefined && !(await interview.showLanguage(lang))) return false;
  const spoken = interview?.pack.peek().lang ?? lang;
  if (app.languages.some((language) => language.lang === spoken)) await app.actions.setLanguage(spoken);
  return true;
}
