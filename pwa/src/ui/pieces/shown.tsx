/** Words in the language they are really in: a fallback in an Arabic page reads left to right and is read out as English. */

import { direction } from '../../i18n/languages.ts';

export interface Said {
  readonly text: string;
  /** BCP 47. '': typed by a person, nobody knows in which language. Absent: the language of the page. */
  readonly lang?: string;
}

export function Shown({ words: { text, lang } }: { readonly words: Said }) {
  if (lang === undefined) return <>{text}</>;
  if (lang === '')
    return (
      <bdi lang="" class="as-typed">
        {text}
      </bdi>
    );
  return (
    <span lang={lang} dir={direction(lang)} class="as-typed">
      {text}
    </span>
  );
}
