/** How the attempt stands, and what to do about it when it did not work. */

import type { EnrolOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Later } from '../pieces/later.tsx';
import { useTools } from '../tools.ts';
import type { EnrolStage } from './enrolling.ts';

export function EnrolResult({ stage }: { readonly stage: EnrolStage }) {
  const { words } = useTools().app;
  const trouble = stage === 'not-asked' || stage === 'asking' || stage === 'enrolled' ? undefined : stage;
  return (
    <>
      <p role="status">{stage === 'asking' && words.t('Getting this phone ready…')}</p>
      {trouble !== undefined && (
        <div class="notice notice-bad" role="alert">
          {trouble === 'no-connection' || trouble === 'not-our-server' || trouble === 'server-error' ? (
            <p>{enrolTrouble(words, trouble)}</p>
          ) : (
            <Later draw={({ SpentLink }) => <SpentLink why={trouble} />} />
          )}
        </div>
      )}
    </>
  );
}

function enrolTrouble(
  { t }: Words,
  outcome: Extract<EnrolOutcome, 'no-connection' | 'not-our-server' | 'server-error'>,
): string {
  switch (outcome) {
    case 'no-connection':
      return t('There is no connection. Connect to the internet, then try again.');
    case 'not-our-server':
      return t('This Wi-Fi wants you to sign in first. Open any web page, sign in, then try again.');
    case 'server-error':
      return t('Something is not working on our side. Wait a minute, then try again.');
  }
}

/** The same link can still work: it is worth trying again. */
export function isWorthRetrying(stage: EnrolStage): boolean {
  return (
    stage === 'no-connection' || stage === 'not-our-server' || stage === 'server-error' || stage === 'storage-failed'
  );
}
