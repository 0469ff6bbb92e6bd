/** A translation that no person has checked says so, once: above the questions when their words are not checked, else at the foot. */

import type { Interview } from '../../app/index.ts';
import { useTools } from '../tools.ts';

/** Said by the notice above the questions: the foot does not say it again. */
export function isDraft(interview: Interview): boolean {
  return interview.languages.find(({ lang }) => lang === interview.pack.value.lang)?.draft === true;
}

export function TranslationNotice({ interview }: { readonly interview: Interview }) {
  const { t } = useTools().app.words;
  if (!isDraft(interview)) return null;
  return <p class="quiet small">{t('A computer made this translation. No person has checked it yet.')}</p>;
}
