/** What a person sent, or is about to send, to read. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReadOutcome } from '../../app/index.ts';
import { AnswerTree } from '../pieces/answer-tree.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { arrivedSentence } from './arrived.ts';

export function OwnAnswers({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const { t } = app.words;
  const outcome = useSignal<ReadOutcome | undefined>(undefined);
  const { lang } = app.language.value;
  const response = app.responses.value.find(({ id }) => id === responseId);
  // Read once; a finished response does not change.
  useEffect(() => {
    void app.actions.readResponse(responseId).then((read) => {
      outcome.value = read;
    });
  }, [responseId]);
  const read = outcome.value;
  useEffect(() => {
    if (read?.kind === 'read') void read.response.showLanguage(lang);
  }, [read, lang]);
  return (
    <>
      <a class="back" href="/">
        <Icon name="arrow" turns />
        {t('Back')}
      </a>
      <PageHeading title={t('Your answers')} page={responseId}>
        {t('Your answers')}
      </PageHeading>
      {response !== undefined && <p role="status">{arrivedSentence(app.words, response)}</p>}
      {read?.kind === 'read' && <AnswerTree worded={read.response} />}
      {read !== undefined && read.kind !== 'read' && <p>{t('The answers cannot be shown on this phone.')}</p>}
    </>
  );
}
