/** Right after an interview was finished: it is safe, how far it has come, and what to do next. */

import { StateChip } from '../pieces/chip.tsx';
import { Drawing } from '../pieces/drawing.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { FilesHere } from './files-here.tsx';
import { shownState, standingSentence } from './states.ts';

export function Finished({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const { t } = app.words;
  const response = app.responses.value.find(({ id }) => id === responseId);
  return (
    <>
      <PageHeading title={t('The interview is finished')} page="finished">
        {t('The interview is finished')}
      </PageHeading>
      <Drawing name="done" />
      <p class="lead">{t('Thank the person for their time.')}</p>
      <div class="card" role="status">
        {response && (
          <>
            <StateChip state={shownState(response)} />
            <p>{standingSentence(app.words, response)}</p>
            <FilesHere response={response} />
          </>
        )}
      </div>
      <div class="buttons">
        <a class="button" href="/">
          {t('Go to the start')}
        </a>
        <a class="button button-second" href={pathOf({ screen: 'response', responseId })}>
          {t('Read the answers')}
        </a>
      </div>
    </>
  );
}
