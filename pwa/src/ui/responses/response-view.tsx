/** A finished response, to read: its answers in any language its form has, and how far it has come. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReadOutcome, ReadResponse, ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Reason } from '../interview/correction-note.tsx';
import { AnswerTree } from '../pieces/answer-tree.tsx';
import { StateChip } from '../pieces/chip.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { ResponseName } from '../pieces/response-name.tsx';
import { useTools } from '../tools.ts';
import { CorrectionGone } from './correction-gone.tsx';
import { FilesHere } from './files-here.tsx';
import { ResponseActs } from './response-acts.tsx';
import { shownState, standingSentence } from './states.ts';

export function ResponseView({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const { t } = app.words;
  const outcome = useSignal<ReadOutcome | undefined>(undefined);
  // Read again only when it was corrected or taken away: a finished response does not change.
  const found = app.responses.value.find(({ id }) => id === responseId);
  // What is read here is what was finished, also while it is corrected.
  const response = found?.before ?? found;
  useEffect(() => {
    void app.actions.readResponse(responseId).then((read) => {
      outcome.value = read;
    });
  }, [responseId, response?.when, response?.state === 'erased']);
  return (
    <>
      <a class="back" href="/responses">
        <Icon name="arrow" turns />
        {t('Back to your interviews')}
      </a>
      <PageHeading title={t('The answers')} page={responseId}>
        {t('The answers')}
      </PageHeading>
      {response && <Standing response={response} isCorrected={response !== found} />}
      {outcome.value ? <Outcome outcome={outcome.value} /> : <div aria-busy="true" />}
      {found && outcome.value?.kind === 'read' && <ResponseActs response={found} read={outcome.value.response} />}
    </>
  );
}

interface StandingProps {
  readonly response: ResponseSummary;
  readonly isCorrected: boolean;
}

function Standing({ response, isCorrected }: StandingProps) {
  const { app } = useTools();
  return (
    <div class="card">
      <ResponseName response={response} id="response" level={2} />
      <div role="status" class="stack-close">
        <StateChip state={shownState(response)} />
        <p>{standingSentence(app.words, response)}</p>
        <FilesHere response={response} />
        <CorrectionGone response={response} />
        {isCorrected && <p>{app.words.t('You are correcting an interview.')}</p>}
        {response.review?.state === 'returned' && response.review.reason !== '' && (
          <Reason reason={response.review.reason} />
        )}
        {response.code !== undefined && (
          <p class="quiet small">{app.words.t('Tell your coordinator this code: {code}', { code: response.code })}</p>
        )}
      </div>
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: ReadOutcome }) {
  const { words } = useTools().app;
  if (outcome.kind === 'read') return <Answers response={outcome.response} />;
  if (outcome.kind === 'removed') return <p>{words.t('The answers are not on this phone any more.')}</p>;
  return (
    <p class="notice notice-bad" role="alert">
      {readTrouble(words, outcome.kind)}
    </p>
  );
}

/** Follows the language of the app, where the form has it. */
function Answers({ response }: { readonly response: ReadResponse }) {
  const { lang } = useTools().app.language.value;
  useEffect(() => {
    if (response.languages.some((language) => language.lang === lang)) void response.showLanguage(lang);
  }, [response, lang]);
  return <AnswerTree worded={response} />;
}

function readTrouble({ t }: Words, kind: Exclude<ReadOutcome['kind'], 'read' | 'removed'>): string {
  switch (kind) {
    case 'not-found':
      return t('There is no finished interview at this address on this phone.');
    case 'form-not-here':
      return t('The questions of this interview are not on this phone. Connect to the internet, then try again.');
    case 'storage-failed':
      return t('This phone could not read what was saved. Close other apps, then try again.');
  }
}
