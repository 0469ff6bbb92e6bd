/** `/enrol#secret`: makes this phone the worker's own, by itself, and says how that went. */

import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../../app/index.ts';
import { Later } from '../pieces/later.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { isResident } from '../pieces/resident.ts';
import { useTools } from '../tools.ts';
import { EnrolResult, isWorthRetrying } from './enrol-result.tsx';
import { neighbourhoodAtStake, useEnrolling } from './enrolling.ts';
import { HowToBegin } from './not-enrolled.tsx';
import { OfflineLine } from './offline-line.tsx';

export function Enrol() {
  const { app } = useTools();
  const secret = useSecret(app);
  if (secret !== undefined) return <Link key={secret} secret={secret} />;
  return app.enrolment.value.kind === 'enrolled' ? <Enrolled /> : <Later draw={({ NotEnrolled }) => <NotEnrolled />} />;
}

/** Of the link that brought us here, or of the one that was pasted over it since: that changes only what is behind the #. */
function useSecret({ actions }: App): string | undefined {
  const secret = useSignal(actions.secretInAddress());
  useEffect(() => {
    const look = (): void => {
      secret.value = actions.secretInAddress() ?? secret.value;
    };
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return secret.value;
}

/** Used once, by itself, when it is opened; a phone that works somewhere already asks first. After that only when asked to. */
function Link({ secret }: { readonly secret: string }) {
  const { app } = useTools();
  const [neighbourhood] = useState(() => neighbourhoodAtStake(app.enrolment.peek()));
  const [hasResidents] = useState(() => isResident(app) && app.responses.peek().length > 0);
  const { stage, enrol } = useEnrolling();
  const attempt = (): void => void enrol(secret);
  useEffect(() => {
    if (neighbourhood === undefined && !hasResidents) attempt();
  }, []);
  if (stage === 'enrolled') return <Enrolled />;
  if (stage === 'not-asked' && hasResidents)
    return <Later draw={({ ResidentsLink }) => <ResidentsLink use={attempt} />} />;
  if (stage === 'not-asked' && neighbourhood !== undefined)
    return <Later draw={({ OtherLink }) => <OtherLink neighbourhood={neighbourhood} use={attempt} />} />;
  return <Attempt stage={stage} attempt={attempt} />;
}

function Attempt({
  stage,
  attempt,
}: {
  readonly stage: ReturnType<typeof useEnrolling>['stage'];
  readonly attempt: () => void;
}) {
  const { app } = useTools();
  const { t } = app.words;
  const failed = stage !== 'asking' && stage !== 'not-asked';
  const notReady =
    app.enrolment.value.kind === 'enrolled' ? t('The new link was not used') : t('This phone is not ready yet');
  const title = failed ? notReady : t('Welcome to Fieldwell');
  return (
    <>
      <PageHeading title={title} page="enrol">
        {title}
      </PageHeading>
      <EnrolResult stage={stage} />
      {failed && !isWorthRetrying(stage) && <HowToBegin />}
      {failed && (
        <div class="buttons">
          {isWorthRetrying(stage) && (
            <button type="button" class="button" onClick={attempt}>
              {t('Try again')}
            </button>
          )}
          <a class="back" href="/">
            {t('Go to the start')}
          </a>
        </div>
      )}
    </>
  );
}

function Enrolled() {
  const { app } = useTools();
  const { t } = app.words;
  const enrolment = app.enrolment.value;
  if (enrolment.kind !== 'enrolled') return null;
  const [name, neighbourhood] = [enrolment.name, enrolment.neighbourhood.name];
  const ready = app.offline.value === 'ready';
  const title = ready ? t('This phone is ready') : t('Welcome to Fieldwell');
  return (
    <>
      <PageHeading title={title} page="enrolled">
        {title}
      </PageHeading>
      <p class="notice notice-good" role="status">
        {t('Welcome, {name}. You work in {neighbourhood}.', { name, neighbourhood })}
      </p>
      <OfflineLine />
      {ready && <p>{t('From now on you can interview people here, with or without a connection.')}</p>}
      <p>{t('Add this page to the home screen of your phone to find it again.')}</p>
      <a class="button" href="/">
        {t('Continue')}
      </a>
    </>
  );
}
