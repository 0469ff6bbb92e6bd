/** What people have recorded of the form that is open, as it is published now. */

import type { App, SpokenLanguage } from '../../app/index.ts';

export function spokenHere(app: App): readonly SpokenLanguage[] {
  const formId = app.interview.value?.formId;
  return app.forms.value.find(({ id }) => id === formId)?.spoken ?? [];
}

/** In the language of the words, or by people who read them. */
export function isSpokenHere(app: App): boolean {
  const lang = app.interview.value?.pack.value.lang;
  return spokenHere(app).some((one) => one.lang === lang || one.beside === lang);
}
