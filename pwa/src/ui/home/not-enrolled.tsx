/** What to do on a phone that belongs to nobody yet. */

import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { LinkForm } from './link-form.tsx';
import { SignedOff } from './signed-off.tsx';

export function NotEnrolled() {
  const { app } = useTools();
  const { t } = app.words;
  if (app.signOff.value === 'done') return <SignedOff />;
  return (
    <>
      <PageHeading title={t('Welcome to Fieldwell')} page="welcome">
        {t('Welcome to Fieldwell')}
      </PageHeading>
      <p class="lead">{t('Interview people, with or without a connection. Nothing that you write gets lost.')}</p>
      <p>{t('To begin, this phone needs a link from your coordinator.')}</p>
      <HowToBegin />
    </>
  );
}

/** Also where a link did not work and another is needed. */
export function HowToBegin() {
  const { t } = useTools().app.words;
  return (
    <>
      <ol class="steps">
        <li>{t('Ask your coordinator for your own link or QR code.')}</li>
        <li>{t('Connect this phone to the internet.')}</li>
        <li>{t('Open the link, or point the camera of this phone at the QR code.')}</li>
      </ol>
      <LinkForm />
    </>
  );
}
