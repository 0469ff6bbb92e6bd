/** Who and where I am, what I can start, what I can go on with, and what has not arrived. */

import type { Enrolment } from '../../app/index.ts';
import { Arrival } from '../pieces/arrival.tsx';
import { Later } from '../pieces/later.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { Forms } from './forms.tsx';

export function Home() {
  const { app } = useTools();
  const enrolment = app.enrolment.value;
  return enrolment.kind === 'enrolled' ? (
    <WorkerHome enrolment={enrolment} />
  ) : (
    <Later draw={({ NotEnrolled }) => <NotEnrolled />} />
  );
}

function WorkerHome({ enrolment }: { readonly enrolment: Extract<Enrolment, { kind: 'enrolled' }> }) {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <>
      <div>
        <PageHeading title={t('Start')} page="home">
          {t('Hello, {name}', { name: enrolment.name })}
        </PageHeading>
        <p class="quiet">{t('You work in {neighbourhood}.', { neighbourhood: enrolment.neighbourhood.name })}</p>
      </div>
      <Forms />
      <Later draw={({ OfflineLine }) => <OfflineLine />} />
      {app.responses.value.some(({ state }) => state === 'draft') && <Later draw={({ Drafts }) => <Drafts />} />}
      <Arrival />
    </>
  );
}
