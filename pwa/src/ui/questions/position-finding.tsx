/** What is said while the phone looks for itself, and what helps where it cannot. */

import { useTools } from '../tools.ts';
import type { Finding } from './finding.ts';

export function FindingSentence({ finding, known }: { readonly finding: Finding; readonly known: boolean }) {
  const { t } = useTools().app.words;
  switch (finding.kind) {
    case 'idle':
      return null;
    case 'looking':
      return (
        <p>
          {known
            ? t('Still looking, to find it more exactly…')
            : t('Looking for your position. This can take a minute. It works best outside.')}
        </p>
      );
    case 'insecure':
      return <Trouble>{t('Without a safe connection (https), no phone says where it is. Type the position.')}</Trouble>;
    case 'refused':
      return (
        <Trouble>
          {t(
            'This phone does not tell us where you are. Allow “Location” for this page in the settings of your browser, then try again. Or type the position.',
          )}
        </Trouble>
      );
    case 'no-signal':
      return (
        <Trouble>
          {t('We could not find your position. Go outside or near a window, then try again. Or type the position.')}
        </Trouble>
      );
    case 'too-slow':
      return (
        <Trouble>{t('It took too long to find your position. Switch “Location” off and on, then try again.')}</Trouble>
      );
  }
}

function Trouble({ children }: { readonly children: string }) {
  return <p class="notice notice-wait">{children}</p>;
}
