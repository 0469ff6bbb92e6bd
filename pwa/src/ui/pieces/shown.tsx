/** Words in the language they are really in: a fallback in an Arabic page reads left to right and is read out as English. */

import type { TextPart } from '../../formlogic/form.ts';
import { direction } from '../../i18n/languages.ts';

export interface Said {
  readonly text: string;
  /** BCP 47. '': typed by a person, nobody knows in which language. Absent: the language of the page. */
  readonly lang?: string;
  /** The same in pieces, where answers are put in among a form's own words. */
  readonly parts?: readonly TextPart[];
}

export function Shown({ words: { text, lang, parts } }: { readonly words: Said }) {
  const content = parts === undefined ? text : parts.map(isolated);
  if (lang === undefined) return <>{content}</>;
  if (lang === '')
    return (
      <bdi lang="" class="as-typed">
        {content}
      </bdi>
    );
  return (
    <span lang={lang} dir={direction(lang)} class="as-typed">
      {content}
    </span>
  );
}

/** An answer among other words runs its own way, and leaves the order of the words around it alone. */
function isolated({ text, given }: TextPart, index: number) {
  return given ? <bdi key={index}>{text}</bdi> : text;
}
