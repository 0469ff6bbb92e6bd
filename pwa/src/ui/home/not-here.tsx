/** An address that leads nowhere. */

import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';

export function NotHere() {
  const { t } = useTools().app.words;
  return (
    <>
      <PageHeading title={t('This page is not here')} page="not-here">
        {t('This page is not here')}
      </PageHeading>
      <p>{t('What you have saved is still on this phone.')}</p>
      <a class="button" href="/">
        {t('Go to the start')}
      </a>
    </>
  );
}
