/** A poster's address, opened where the server could not be reached: what can be done without it. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Visits } from '../../app/index.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { arrivedSentence } from './arrived.ts';
import { NotYours, Removed, useRemoved } from './not-yours.tsx';
import { posterCode } from './poster-code.ts';

export function VisitScreen({ code: typed }: { readonly code: string }) {
  const code = posterCode(typed);
  const removed = useRemoved();
  const { app } = useTools();
  const { t } = app.words;
  const draft = app.responses.value.find(({ state, visit }) => state === 'draft' && visit?.code === code);
  useEffect(() => void app.actions.visits().then((found) => found?.load()), []);
  const kept = app.responses.value.filter(({ state, visit }) => state !== 'draft' && visit?.code === code);
  // The server's page comes by itself when there is a way to it again.
  useEffect(() => {
    const reload = (): void => window.location.reload();
    window.addEventListener('online', reload);
    return () => window.removeEventListener('online', reload);
  }, []);
  const visits = app.visits.value;
  const isKnown = visits?.posters.value.some((poster) => poster.code === code) === true;
  return (
    <>
      <PageHeading title={t('The page is slow or you have no connection')} page="visit">
        {t('The page is slow or you have no connection')}
      </PageHeading>
      <Removed app={app} removed={removed} />
      {draft !== undefined && (
        <div class="stack-close">
          <p>{t('You began before. You can go on without a connection. Your answers are kept on this phone.')}</p>
          <a class="button button-wide" href={pathOf({ screen: 'fill', responseId: draft.id, page: '' })}>
            {t('Go on')}
          </a>
          <NotYours app={app} removed={removed} responseId={draft.id} />
        </div>
      )}
      {isKnown && visits !== undefined && <Begin code={code} visits={visits} isFirst={draft === undefined} />}
      {kept.map((response) => (
        <p key={response.id} class={response.state === 'finalised' ? 'notice notice-wait' : 'notice notice-good'}>
          {arrivedSentence(app.words, response)}
        </p>
      ))}
      {draft === undefined && !isKnown && kept.length === 0 && <p>{t('These questions are not on this phone yet.')}</p>}
      <button type="button" class="button button-second" onClick={() => window.location.reload()}>
        {t('Try again')}
      </button>
    </>
  );
}

interface BeginProps {
  readonly code: string;
  readonly visits: Visits;
  readonly isFirst: boolean;
}

function Begin({ code, visits, isFirst }: BeginProps) {
  const { app, router } = useTools();
  const { t } = app.words;
  const missing = useSignal(false);
  const begin = async (): Promise<void> => {
    const outcome = await visits.begin(code);
    if (outcome.kind === 'begun') router.go({ screen: 'fill', responseId: outcome.responseId, page: '' });
    else missing.value = true;
  };
  return (
    <div class="stack-close">
      {isFirst && (
        <p>
          {t('The questions are on this phone. You can answer now. Your answers are sent when there is a connection.')}
        </p>
      )}
      {missing.value && <p role="alert">{t('These questions are not on this phone yet.')}</p>}
      <button type="button" class={isFirst ? 'button button-wide' : 'button button-second button-wide'} onClick={begin}>
        {isFirst ? t('Begin') : t('Start again')}
      </button>
    </div>
  );
}
