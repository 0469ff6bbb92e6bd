/** Nothing is left on this phone: its team signed it off, and it has sent all that it held. */

import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { LinkForm } from './link-form.tsx';

export function SignedOff() {
  const { t } = useTools().app.words;
  const title = t('This phone was signed off');
  return (
    <>
      <PageHeading title={title} page="signed-off">
        {title}
      </PageHeading>
      <p class="lead">{t('This phone was signed off. Everything on it was sent first. Nothing is kept on it.')}</p>
      <p>{t('To work with it again, ask your coordinator for a new link.')}</p>
      <LinkForm />
    </>
  );
}
