/** Whether this phone can be taken to where there is no connection. It says so only when it is true. */

import type { OfflineReadiness } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Icon } from '../pieces/icons.tsx';
import { useTools } from '../tools.ts';

export function OfflineLine() {
  const { app } = useTools();
  const readiness = app.offline.value;
  return (
    <p class="quiet small line-with-icon" role="status">
      <Icon name={readiness === 'ready' ? 'check' : readiness === 'impossible' ? 'warning' : 'clock'} />
      {offlineSentence(app.words, readiness)}
    </p>
  );
}

export function offlineSentence({ t }: Words, readiness: OfflineReadiness): string {
  switch (readiness) {
    case 'getting-ready':
      return t('Getting ready to work without a connection… Stay connected for a minute.');
    case 'ready':
      return t('Ready to work without a connection');
    case 'impossible':
      return t(
        'In this browser Fieldwell opens only with a connection. To work without one, use Chrome, Firefox or Safari, in a normal window.',
      );
  }
}
