/** A translation that no person has checked says so, wherever it is read. */

import type { Interview } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export function TranslationNotice({ interview }: { readonly interview: Interview }) {
  const { t } = useTools().app.words;
  const language = interview.languages.find(({ lang }) => lang === interview.pack.value.lang);
  if (language?.draft !== true) return null;
  return <p class="quiet small">{t('A computer made this translation. No person has checked it yet.')}</p>;
}
