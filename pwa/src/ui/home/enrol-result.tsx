/** How the attempt stands, and what to do about it when it did not work. */

import type { EnrolOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import type { EnrolStage } from './enrolling.ts';

export function EnrolResult({ stage }: { readonly stage: EnrolStage }) {
  const { words } = useTools().app;
  const trouble = stage === 'not-asked' || stage === 'asking' || stage === 'enrolled' ? undefined : stage;
  return (
    <>
      <p role="status">{stage === 'asking' && words.t('Getting this phone ready…')}</p>
      {trouble !== undefined && (
        <p class="notice notice-bad" role="alert">
          {enrolTrouble(words, trouble)}
        </p>
      )}
    </>
  );
}

function enrolTrouble({ t }: Words, outcome: Exclude<EnrolOutcome, 'enrolled'>): string {
  switch (outcome) {
    case 'used':
      return t('This link has been used on another phone. Ask your coordinator for a new one.');
    case 'expired':
      return t('This link is too old. Ask your coordinator for a new one.');
    case 'unknown':
      return t('This link does not work here. Check that you have all of it, or ask your coordinator for a new one.');
    case 'no-connection':
      return t('There is no connection. Connect to the internet, then try again.');
    case 'not-our-server':
      return t('This Wi-Fi wants you to sign in first. Open any web page, sign in, then try again.');
    case 'server-error':
      return t('The server is not working right now. Wait a minute, then try again.');
    case 'storage-failed':
      return t(
        'This phone could not save. Free some space, or open the link in a normal window and not a private one. Then try again.',
      );
  }
}

/** The same link can still work: it is worth trying again. */
export function isWorthRetrying(stage: EnrolStage): boolean {
  return (
    stage === 'no-connection' || stage === 'not-our-server' || stage === 'server-error' || stage === 'storage-failed'
  );
}
