/** All interviews on this phone, each with its state in plain words, and what those words mean. */

import type { ResponseSummary } from '../../app/index.ts';
import { Arrival } from '../pieces/arrival.tsx';
import { StateChip } from '../pieces/chip.tsx';
import { Empty } from '../pieces/drawing.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { ResponseName } from '../pieces/response-name.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { FilesHere } from './files-here.tsx';
import { STATES, standingSentence, stateMeaning } from './states.ts';

export function Responses() {
  const { app } = useTools();
  const { t } = app.words;
  const responses = app.responses.value;
  return (
    <>
      <a class="back" href="/">
        <Icon name="arrow" turns />
        {t('Back to the start')}
      </a>
      <PageHeading title={t('Your interviews')} page="responses">
        {t('Your interviews')}
      </PageHeading>
      <Arrival />
      {responses.length === 0 && (
        <Empty>
          <p>{t('There are no interviews on this phone yet.')}</p>
        </Empty>
      )}
      <ul class="cards">
        {responses.map((response) => (
          <ResponseLine key={response.id} response={response} />
        ))}
      </ul>
      <Meanings />
    </>
  );
}

function ResponseLine({ response }: { readonly response: ResponseSummary }) {
  const { words } = useTools().app;
  const { id, state } = response;
  const draft = state === 'draft';
  const route = draft
    ? ({ screen: 'fill', responseId: id, page: '' } as const)
    : ({ screen: 'response', responseId: id } as const);
  return (
    <li class="card">
      <ResponseName response={response} id={`response-${id}`} level={2} />
      <div>
        <StateChip state={state} />
      </div>
      <FilesHere response={response} />
      {needsWords(response) && <p>{standingSentence(words, response)}</p>}
      {state !== 'erased' && response.removedSafeSince === undefined && (
        <div>
          <a class="back" href={pathOf(route)} aria-describedby={`response-${id}`}>
            {draft ? words.t('Go on') : words.t('Read the answers')}
          </a>
        </div>
      )}
    </li>
  );
}

/** Where the one or two words of the state say too little. */
function needsWords({ state, removedSafeSince }: ResponseSummary): boolean {
  return state === 'set-aside' || state === 'refused' || state === 'erased' || removedSafeSince !== undefined;
}

function Meanings() {
  const { words } = useTools().app;
  return (
    <section class="stack-close">
      <h2>{words.t('What the words mean')}</h2>
      <dl class="facts">
        {STATES.map((state) => (
          <div key={state}>
            <dt>
              <StateChip state={state} />
            </dt>
            <dd class="meaning quiet">{stateMeaning(words, state)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
