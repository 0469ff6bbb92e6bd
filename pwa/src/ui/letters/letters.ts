/** The letters that can be fetched: Noto (SIL Open Font License), for scripts that an old phone may lack. Nothing of them is fetched unasked. */

import type { Lang } from '../../i18n/languages.ts';
import type { LetterFileName } from './letter-files.ts';

export interface Letters {
  /** The language they are for, and any that is more exact. */
  readonly lang: Lang;
  readonly files: readonly LetterFile[];
  /** Of all files together: said before anything is fetched. */
  readonly kilobytes: number;
  /** Written with these letters alone; all others stay with the phone's own. */
  readonly range: string;
  /** A few of them, each of another shape. */
  readonly samples: readonly string[];
}

export interface LetterFile {
  /** Under which it is kept; letter-files.ts knows its address. */
  readonly name: LetterFileName;
  readonly weight: '400' | '700';
}

const ARABIC = 'U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFC';

export const LETTERS: readonly Letters[] = [
  {
    lang: 'bn',
    files: [
      { name: 'bn-400', weight: '400' },
      { name: 'bn-700', weight: '700' },
    ],
    kilobytes: 93,
    range: 'U+0951-0952,U+0964-0965,U+0980-09FE,U+200C-200D,U+20B9,U+25CC',
    samples: ['ক', 'খ', 'ষ', 'হ'],
  },
  {
    lang: 'ar',
    files: [
      { name: 'ar-400', weight: '400' },
      { name: 'ar-700', weight: '700' },
    ],
    kilobytes: 100,
    range: ARABIC,
    samples: ['ا', 'ص', 'ك', 'ه'],
  },
  {
    lang: 'ur',
    files: [{ name: 'ur-400', weight: '400' }],
    kilobytes: 160,
    range: ARABIC,
    samples: ['ا', 'ٹ', 'گ', 'ے'],
  },
];

/** Undefined for a language whose script every phone has. */
export function lettersFor(lang: Lang): Letters | undefined {
  const [stem] = lang.toLowerCase().split('-');
  return LETTERS.find((letters) => letters.lang === stem);
}
