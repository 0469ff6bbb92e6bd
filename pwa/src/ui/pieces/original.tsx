/** Beneath a translation that no person has checked: the words that were translated, where a promise is made. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TextPack } from '../../formlogic/definition.ts';
import { direction } from '../../i18n/languages.ts';
import type { Said } from './shown.tsx';

/** The pack of the originals; undefined: nothing is shown. */
export const OriginalsContext = createContext<TextPack | undefined>(undefined);

interface OriginalProps {
  /** For `aria-describedby`: it explains what is shown, and is no part of its name. */
  readonly id?: string;
  /** As they are shown. */
  readonly words: Said | undefined;
  readonly find: (originals: TextPack) => Said | undefined;
}

export function Original({ id, words, find }: OriginalProps) {
  const original = originalOf(words, useContext(OriginalsContext), find);
  return original === undefined ? null : (
    <span id={id} class="original" lang={original.lang} dir={direction(original.lang)}>
      {original.text}
    </span>
  );
}

/** Undefined: nothing is drawn beneath. */
export function originalOf(words: Said | undefined, originals: TextPack | undefined, find: OriginalProps['find']) {
  const { text, lang } = (words && originals && find(originals)) ?? {};
  return !text || lang === undefined || lang === words?.lang ? undefined : { text, lang };
}
