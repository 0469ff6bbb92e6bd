/** How far a person's own answers have come, in their words. */

import type { ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';

export function arrivedSentence({ t }: Words, { state }: Pick<ResponseSummary, 'state'>): string {
  switch (state) {
    case 'draft':
      return t('Not finished. What you typed is only on this phone.');
    case 'finalised':
      return t(
        'Your answers wait on this phone. They go by themselves when this page is open and there is a connection.',
      );
    case 'sent':
    case 'set-aside':
    case 'held':
    case 'safe':
      return t('Your answers were sent.');
    case 'refused':
      return t('Your answers could not be taken in. They are still on this phone.');
    case 'erased':
      return t('These answers were deleted, here and with the team.');
  }
}
