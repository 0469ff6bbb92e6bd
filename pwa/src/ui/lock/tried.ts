/** What came of typing a PIN or a code, in plain words. */

import type { UnlockOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';

const SECOND_MS = 1_000;
const SECONDS_IN_MINUTE = 60;

export type Failure = Exclude<UnlockOutcome, { kind: 'open' }> | { readonly kind: 'elsewhere' };

/** Says it in the language of the moment, for what stays on the page while somebody chooses another. */
export type Saying = (words: Words) => string;

export function failureSentence(words: Words, failure: Failure): string {
  const { t } = words;
  switch (failure.kind) {
    case 'wrong':
      return [t('That is not right.'), waitSentence(words, failure.wait)].join(' ');
    case 'wait':
      return waitSentence(words, failure.wait);
    case 'elsewhere':
      return t('An interview is open in another tab. Close that tab first.');
    case 'storage-failed':
      return t('This phone could not save that. Close other apps, then try again.');
  }
}

function waitSentence({ plural }: Words, wait: number): string {
  const seconds = Math.max(1, Math.ceil(wait / SECOND_MS));
  if (seconds < SECONDS_IN_MINUTE) return plural('Wait {count} second.', 'Wait {count} seconds.', seconds);
  return plural('Wait {count} minute.', 'Wait {count} minutes.', Math.ceil(seconds / SECONDS_IN_MINUTE));
}

export function pinTroubleSentence({ t }: Words, trouble: 'short' | 'easy'): string {
  if (trouble === 'short') return t('Use at least 6 numbers or letters.');
  return t('This PIN is too easy to guess. Choose another one.');
}
