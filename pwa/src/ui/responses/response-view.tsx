/** A finished response, to read: its answers in any language its form has, and how far it has come. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReadOutcome, ReadResponse } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { AnswerTree } from '../pieces/answer-tree.tsx';
import { StateChip } from '../pieces/chip.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { ResponseName } from '../pieces/response-name.tsx';
import { useTools } from '../tools.ts';
import { FilesHere } from './files-here.tsx';
import { standingSentence } from './states.ts';

export function ResponseView({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const { t } = app.words;
  const outcome = useSignal<ReadOutcome | undefined>(undefined);
  // Read once; a finished response does not change.
  useEffect(() => {
    void app.actions.readResponse(responseId).then((read) => {
      outcome.value = read;
    });
  }, [responseId]);
  return (
    <>
      <a class="back" href="/responses">
        <Icon name="arrow" turns />
        {t('Back to your interviews')}
      </a>
      <PageHeading title={t('The answers')} page={responseId}>
        {t('The answers')}
      </PageHeading>
      <Standing responseId={responseId} />
      {outcome.value && <Outcome outcome={outcome.value} />}
    </>
  );
}

function Standing({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const response = app.responses.value.find(({ id }) => id === responseId);
  if (response === undefined) return null;
  return (
    <div class="card">
      <ResponseName response={response} id="response" level={2} />
      <div role="status" class="stack-close">
        <StateChip state={response.state} />
        <p>{standingSentence(app.words, response)}</p>
        <FilesHere response={response} />
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
