/** Which recordings are tried first for a text, by who listens. Pure. */

import type { Listening, SpokenLanguage } from '../../app/index.ts';

/**
 * What a person chose to listen in, for as long as the words stay in the language of that moment: the next person may read another.
 * Then the language of the words, then those that are spoken by people who read it.
 */
export function tonguesToHear(
  spoken: readonly SpokenLanguage[],
  lang: string,
  listening: Listening | undefined,
): readonly SpokenLanguage[] {
  const chosen = chosenFor(lang, listening);
  const ranked = [
    ...spoken.filter((one) => one.lang === chosen),
    ...spoken.filter((one) => one.lang === lang),
    ...spoken.filter((one) => one.beside === lang),
  ];
  return [...new Set(ranked)];
}

export function chosenFor(lang: string, listening: Listening | undefined): string | undefined {
  return listening?.words === lang ? listening.lang : undefined;
}
