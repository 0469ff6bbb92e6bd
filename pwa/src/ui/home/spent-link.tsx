/** The server has answered: this link cannot work, or this phone could not keep what it gives. There is a connection, so these words can be fetched apart. */

import { useTools } from '../tools.ts';

export function SpentLink({ why }: { readonly why: 'used' | 'expired' | 'unknown' | 'storage-failed' }) {
  const { t } = useTools().app.words;
  switch (why) {
    case 'used':
      return <p>{t('This link has been used on another phone. Ask your coordinator for a new one.')}</p>;
    case 'expired':
      return <p>{t('This link is too old. Ask your coordinator for a new one.')}</p>;
    case 'unknown':
      return (
        <p>
          {t('This link does not work here. Check that you have all of it, or ask your coordinator for a new one.')}
        </p>
      );
    case 'storage-failed':
      return (
        <p>
          {t(
            'This phone could not save. Make some room on it, or open the link in a normal window, not a private one. Then try again.',
          )}
        </p>
      );
  }
}
