/** Stopping half-way: nothing has been sent; the person says what becomes of what they typed. Also where Back brings it up later. */

import { useState } from 'preact/hooks';
import { isDeclined } from '../../app/declining.ts';
import type { Visits } from '../../app/index.ts';
import { pagesOf } from '../../app/pages.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { posterHere } from '../pieces/poster-here.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { PagesLeft } from './cleared.tsx';
import { Declined } from './declined.tsx';
import { Thanks } from './thanks.tsx';

interface StopProps {
  readonly responseId: string;
  readonly visits: Visits;
}

export function Stop({ responseId, visits }: StopProps) {
  const { app, router } = useTools();
  const { t } = app.words;
  const response = app.responses.value.find(({ id }) => id === responseId);
  // As it was when the person came here: what was declined is deleted at once, and its thanks stay.
  const [interview] = useState(app.interview.peek());
  const [poster] = useState(() => posterHere(app, visits, { screen: 'stop', responseId }));
  const remove = async (): Promise<void> => {
    await visits.forgetting.remove(responseId);
  };
  const keep = async (): Promise<void> => {
    await app.actions.closeInterview();
    router.go({ screen: 'home' });
  };
  if (interview?.responseId === responseId && isDeclined(interview.form, pagesOf(interview.form)))
    return <Declined interview={interview} visits={visits} poster={poster} />;
  if (response === undefined) return <Deleted visits={visits} />;
  if (response.state !== 'draft') return <Thanks responseId={responseId} visits={visits} />;
  return (
    <>
      <PageHeading title={t('You have stopped')} page="stop">
        {t('You have stopped')}
      </PageHeading>
      <p class="lead">{t('Nothing has been sent.')}</p>
      <p>{t('What you typed is only on this phone. What should happen to it?')}</p>
      <div class="stack-close">
        <button type="button" class="button button-danger button-wide" onClick={remove}>
          {t('Delete what I typed')}
        </button>
        <button type="button" class="button button-second button-wide" onClick={keep}>
          {t('Keep it on this phone and go on later')}
        </button>
        <a class="back" href={pathOf({ screen: 'fill', responseId, page: '' })}>
          {t('Go back to the questions')}
        </a>
      </div>
    </>
  );
}

function Deleted({ visits }: { readonly visits: Visits }) {
  const { t } = useTools().app.words;
  return (
    <>
      <PageHeading title={t('Your answers are deleted')} page="deleted">
        {t('Your answers are deleted')}
      </PageHeading>
      <p class="lead">{t('Nothing was sent, and nothing is left on this phone. You can close this page.')}</p>
      <PagesLeft visits={visits} />
    </>
  );
}
