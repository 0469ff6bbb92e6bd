/** Beneath a translation that no person has checked: the words that were translated, where a promise is made. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TextPack } from '../../formlogic/definition.ts';
import { direction } from '../../i18n/languages.ts';
import type { Said } from './shown.tsx';

/** The pack of the originals; undefined: nothing is shown. */
export const OriginalsContext = createContext<TextPack | undefined>(undefined);

interface OriginalProps {
  /** As they are shown. */
  readonly words: Said | undefined;
  readonly find: (originals: TextPack) => Said | undefined;
}

export function Original({ words, find }: OriginalProps) {
  const originals = useContext(OriginalsContext);
  const original = words && originals && find(originals);
  const { lang } = original ?? {};
  if (!original?.text || lang === undefined || lang === words?.lang) return null;
  return (
    <span class="original" lang={lang} dir={direction(lang)}>
      {original.text}
    </span>
  );
}
