/** Where the build has laid the files of letters, and their licence: asked for only when somebody wants letters. */

import ur400 from '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2?url';
import ar400 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2?url';
import ar700 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-700-normal.woff2?url';
import bn400 from '@fontsource/noto-sans-bengali/files/noto-sans-bengali-bengali-400-normal.woff2?url';
import bn700 from '@fontsource/noto-sans-bengali/files/noto-sans-bengali-bengali-700-normal.woff2?url';
import licence from '@fontsource/noto-sans-bengali/LICENSE?url';

export const LETTER_FILES = { 'ar-400': ar400, 'ar-700': ar700, 'bn-400': bn400, 'bn-700': bn700, 'ur-400': ur400 };

export type LetterFileName = keyof typeof LETTER_FILES;

/** SIL Open Font License, the same for all of them. */
export const LICENCE = licence;
