/** What each state of a response is called, and what it means for the person who did the interview. */

import type { ResponseState, ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { NO_INTERVIEW } from '../home/no-interview-row.tsx';

/** How far it has come; once a coordinator has decided, that. */
export type ShownState = ResponseState | 'returned' | 'approved' | 'rejected';

export function shownState({ state, formId, review }: ResponseSummary): ShownState {
  // It finishes by itself as soon as it cannot be taken back any more.
  if (state === 'draft' && formId === NO_INTERVIEW) return 'finalised';
  return state === 'draft' || state === 'finalised' || state === 'erased' ? state : (review?.state ?? state);
}

export function stateName({ t }: Words, state: ShownState): string {
  switch (state) {
    case 'returned':
      return t('To correct');
    case 'approved':
      return t('Approved');
    case 'rejected':
      return t('Not used');
    case 'draft':
      return t('Not finished');
    case 'finalised':
      return t('Not sent yet');
    case 'sent':
      return t('Sent');
    case 'set-aside':
      return t('Set aside');
    case 'held':
      return t('With the team');
    case 'safe':
      return t('Safe');
    case 'refused':
      return t('Could not be taken in');
    case 'erased':
      return t('Erased');
  }
}

export function stateMeaning({ t }: Words, state: ShownState): string {
  switch (state) {
    case 'returned':
      return t('Your coordinator asks you to correct something in it.');
    case 'approved':
      return t('Your coordinator has read it, and it counts.');
    case 'rejected':
      return t('Your coordinator has read it, and it does not count.');
    case 'draft':
      return t('You can go on with it. It is saved on this phone only.');
    case 'finalised':
      return t('It is finished and saved on this phone. It goes by itself when there is a connection.');
    case 'sent':
      return t('It was received. This phone still keeps a copy.');
    case 'set-aside':
      return t('Your team has it. Somebody in the team has to look at it first.');
    case 'held':
      return t('Your team has it and can read it.');
    case 'safe':
      return t('Your team has it, and it is in the team’s backup.');
    case 'refused':
      return t('It stays on this phone. Tell your coordinator.');
    case 'erased':
      return t('Its answers were erased at the team’s request, on this phone too.');
  }
}

/** The meaning for one response, with what is known of it alone. */
export function standingSentence(words: Words, response: ResponseSummary): string {
  const { code, removedSafeSince } = response;
  const state = shownState(response);
  if (state === 'refused') return `${refusedSentence(words, code)} ${stateMeaning(words, state)}`;
  if (removedSafeSince === undefined) return stateMeaning(words, state);
  return words.t('Kept safe by your team since {when}. The copy on this phone was removed to make room.', {
    when: words.moment(removedSafeSince),
  });
}

function refusedSentence({ t }: Words, code: string | undefined): string {
  switch (code) {
    case 'oversize':
      return t('Could not be taken in: it is too large.');
    case 'hash-mismatch':
      return t('Could not be taken in: something in it has changed by mistake.');
    default:
      return t('Could not be taken in: it could not be read.');
  }
}

/** In the order a response goes through them. */
export const STATES = [
  'draft',
  'finalised',
  'sent',
  'set-aside',
  'held',
  'safe',
  'returned',
  'approved',
  'rejected',
  'refused',
  'erased',
] as const;
