/** `/enrol#secret`: makes this phone the worker's own, by itself, and says how that went. */

import { useEffect, useRef } from 'preact/hooks';
import { Later } from '../pieces/later.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { EnrolResult, isWorthRetrying } from './enrol-result.tsx';
import { useEnrolling } from './enrolling.ts';

export function Enrol() {
  const { app } = useTools();
  const secret = useRef(app.actions.secretInAddress());
  const { stage, enrol } = useEnrolling();
  const attempt = (): void => {
    if (secret.current !== undefined) void enrol(secret.current);
  };
  // Once, when the link is opened; after that only when asked to.
  useEffect(attempt, []);
  if (secret.current !== undefined && stage !== 'enrolled') return <Attempt stage={stage} attempt={attempt} />;
  return app.enrolment.value.kind === 'enrolled' ? <Ready /> : <Later draw={({ NotEnrolled }) => <NotEnrolled />} />;
}

function Attempt({
  stage,
  attempt,
}: {
  readonly stage: ReturnType<typeof useEnrolling>['stage'];
  readonly attempt: () => void;
}) {
  const { t } = useTools().app.words;
  const failed = stage !== 'asking' && stage !== 'not-asked';
  const title = failed ? t('This phone is not ready yet') : t('Welcome to Fieldwell');
  return (
    <>
      <PageHeading title={title} page="enrol">
        {title}
      </PageHeading>
      <EnrolResult stage={stage} />
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

function Ready() {
  const { app } = useTools();
  const { t } = app.words;
  const enrolment = app.enrolment.value;
  if (enrolment.kind !== 'enrolled') return null;
  const [name, neighbourhood] = [enrolment.name, enrolment.neighbourhood.name];
  return (
    <>
      <PageHeading title={t('This phone is ready')} page="enrolled">
        {t('This phone is ready')}
      </PageHeading>
      <p class="notice notice-good" role="status">
        {t('Welcome, {name}. You work in {neighbourhood}.', { name, neighbourhood })}
      </p>
      <p>
        {t(
          'From now on you can interview people here, with or without a connection. Add this page to the home screen of your phone to find it again.',
        )}
      </p>
      <a class="button" href="/">
        {t('Continue')}
      </a>
    </>
  );
}
