/** What each state of a response is called, and what it means for the person who did the interview. */

import type { ResponseState } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';

export function stateName({ t }: Words, state: ResponseState): string {
  switch (state) {
    case 'draft':
      return t('Not finished');
    case 'finalised':
      return t('Not sent yet');
    case 'sent':
    case 'set-aside':
      return t('Sent');
    case 'held':
      return t('Arrived');
    case 'safe':
      return t('Arrived and backed up');
    case 'refused':
      return t('Could not be sent');
  }
}

export function stateMeaning({ t }: Words, state: ResponseState): string {
  switch (state) {
    case 'draft':
      return t('You can go on with it. It is saved on this phone only.');
    case 'finalised':
      return t('It is finished and saved on this phone. It goes by itself when there is a connection.');
    case 'sent':
      return t('It was received. This phone still keeps a copy.');
    case 'set-aside':
      return t('Your team has it, but needs to check it first.');
    case 'held':
      return t('Your team has it and can read it.');
    case 'safe':
      return t('Your team has it, and there is a second copy in case something breaks.');
    case 'refused':
      return t('Something is wrong with it. It stays on this phone. Tell your coordinator.');
  }
}

/** In the order a response goes through them; `set-aside` goes by the name of `sent`. */
export const STATES = ['draft', 'finalised', 'sent', 'held', 'safe', 'refused'] as const;
