/** A worker's home: the next interview in one tap, what came to none, what I can go on with, what has not arrived, and whom to ring. */

import { Arrival } from '../pieces/arrival.tsx';
import { Later } from '../pieces/later.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { Forms } from './forms.tsx';
import { NoInterviewRow } from './no-interview-row.tsx';
import { ToCorrect } from './to-correct.tsx';
import { TodayAt } from './today-at.tsx';

export function WorkerHome() {
  const { app } = useTools();
  const { t } = app.words;
  const enrolment = app.enrolment.value;
  if (enrolment.kind !== 'enrolled') return null;
  return (
    <>
      <div>
        <PageHeading title={t('Start')} page="home">
          {t('Hello, {name}', { name: enrolment.name })}
        </PageHeading>
        <p class="quiet">{t('You work in {neighbourhood}.', { neighbourhood: enrolment.neighbourhood.name })}</p>
        <TodayAt />
      </div>
      <ToCorrect />
      <Forms />
      <NoInterviewRow />
      <Later draw={({ OfflineLine }) => <OfflineLine />} />
      {app.responses.value.some(({ state }) => state === 'draft') && <Later draw={({ Drafts }) => <Drafts />} />}
      <Arrival />
      <Later
        draw={({ WhomToRing, InstallCard }) => (
          <>
            <InstallCard />
            <WhomToRing />
          </>
        )}
      />
    </>
  );
}
