/** After the last button: the code to keep, whether the answers are there yet, what the code is for, and a way to leave no trace. */

import { useEffect } from 'preact/hooks';
import type { Visits } from '../../app/index.ts';
import { Drawing } from '../pieces/drawing.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { arrivedSentence } from './arrived.ts';
import { ClearPhone } from './clear-phone.tsx';
import { KeepOpen } from './connection-line.tsx';
import { Reference } from './reference.tsx';

export function Thanks({ responseId, visits }: { readonly responseId: string; readonly visits: Visits }) {
  const { app } = useTools();
  const { t } = app.words;
  const response = app.responses.value.find(({ id }) => id === responseId);
  const isWaiting = response?.state === 'finalised';
  // Pages of the server from before the app took over are not to be gone back to.
  useEffect(() => void visits.forgetting.dropPages(), [visits]);
  return (
    <>
      <PageHeading title={t('Thank you')} page="finished">
        {t('Thank you')}
      </PageHeading>
      <Drawing name="done" />
      {response !== undefined && (
        <div class={isWaiting ? 'notice notice-wait' : 'notice notice-good'} role="status">
          <p class="line-with-icon">
            <Icon name={isWaiting ? 'clock' : 'check'} />
            <span>{arrivedSentence(app.words, response)}</span>
          </p>
        </div>
      )}
      {isWaiting && <KeepOpen />}
      {response?.visit !== undefined && <CodeToKeep reference={response.visit.reference} />}
      <ClearPhone visits={visits} />
    </>
  );
}

function CodeToKeep({ reference }: { readonly reference: string }) {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <section class="stack-close">
      <h2>{t('Your code')}</h2>
      <Reference code={reference} />
      <p>
        {t('With this code you can read your answers again, or take them back:')}{' '}
        <a href={`/answers?lang=${app.language.value.lang}`} rel="external" dir="ltr" translate={false}>
          {`${window.location.host}/answers`}
        </a>
      </p>
    </section>
  );
}
