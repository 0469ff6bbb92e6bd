/** All interviews on this phone: what is to be corrected first, to be searched, each with its state in plain words, and what those mean. */

import { useSignal } from '@preact/signals';
import type { ResponseSummary } from '../../app/index.ts';
import { NO_INTERVIEW } from '../home/no-interview-row.tsx';
import { Reason } from '../interview/correction-note.tsx';
import { Arrival } from '../pieces/arrival.tsx';
import { StateChip } from '../pieces/chip.tsx';
import { Empty } from '../pieces/drawing.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Paged } from '../pieces/paged.tsx';
import { ResponseName } from '../pieces/response-name.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { CorrectionGone } from './correction-gone.tsx';
import { FilesHere } from './files-here.tsx';
import { FindResponses } from './find-responses.tsx';
import { Correct } from './response-acts.tsx';
import { STATES, shownState, standingSentence, stateMeaning } from './states.ts';

export function Responses() {
  const { app } = useTools();
  const { t } = app.words;
  const found = useSignal<readonly ResponseSummary[] | undefined>(undefined);
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
      <Returned />
      {responses.length === 0 ? (
        <Empty>
          <p>{t('There are no interviews on this phone yet.')}</p>
        </Empty>
      ) : (
        <FindResponses found={found} />
      )}
      <Paged all={found.value ?? responses} from="start">
        {(some) => (
          <ul class="cards">
            {some.map((response) => (
              <ResponseLine key={response.id} response={response} />
            ))}
          </ul>
        )}
      </Paged>
      <Meanings />
    </>
  );
}

/** On top, with the coordinator's reason: nobody else can do it. */
function Returned() {
  const { app } = useTools();
  const returned = app.responses.value.filter(({ review }) => review?.state === 'returned');
  if (returned.length === 0) return null;
  return (
    <section class="notice notice-wait" aria-labelledby="returned">
      <h2 id="returned">
        {app.words.plural('{count} interview to correct', '{count} interviews to correct', returned.length)}
      </h2>
      <Paged all={returned} from="start">
        {(some) => (
          <ul class="cards">
            {some.map((response) => (
              <li key={response.id} class="card">
                <ResponseName response={response} id={`returned-${response.id}`} level={3} />
                {response.review?.reason && <Reason reason={response.review.reason} />}
                <Correct response={response} describedBy={`returned-${response.id}`} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

function ResponseLine({ response }: { readonly response: ResponseSummary }) {
  const { id, before } = response;
  return (
    <li class="card">
      <ResponseName response={response} id={`response-${id}`} level={2} />
      <Stage response={response} />
      <LineLink response={response} />
      {before && <Before response={before} />}
    </li>
  );
}

function Stage({ response }: { readonly response: ResponseSummary }) {
  const { words } = useTools().app;
  return (
    <>
      <div>
        <StateChip state={shownState(response)} />
      </div>
      <FilesHere response={response} />
      {needsWords(response) && <p>{standingSentence(words, response)}</p>}
      <CorrectionGone response={response} />
    </>
  );
}

/** What is being corrected: how far it has come, and what stands in it. */
function Before({ response }: { readonly response: ResponseSummary }) {
  const { t } = useTools().app.words;
  return (
    <div class="stack-close">
      <p>{t('A correction. What you finished before stays as it is until you finish this.')}</p>
      <Stage response={response} />
      <LineLink response={response} />
    </div>
  );
}

function LineLink({ response: { id, state, formId, removedSafeSince } }: { readonly response: ResponseSummary }) {
  const { t } = useTools().app.words;
  const isDraft = state === 'draft';
  // What came to no interview finishes itself.
  if (state === 'erased' || removedSafeSince !== undefined || (isDraft && formId === NO_INTERVIEW)) return null;
  const route = isDraft
    ? ({ screen: 'fill', responseId: id, page: '' } as const)
    : ({ screen: 'response', responseId: id } as const);
  return (
    <div>
      <a class="back" href={pathOf(route)} aria-describedby={`response-${id}`}>
        {isDraft ? t('Go on') : t('Read the answers')}
      </a>
    </div>
  );
}

/** Where the one or two words of the state say too little. */
function needsWords(response: ResponseSummary): boolean {
  const wordy = ['set-aside', 'refused', 'erased', 'rejected'];
  return wordy.includes(shownState(response)) || response.removedSafeSince !== undefined;
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
