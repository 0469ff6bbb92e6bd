/** Report a wrong word: point at a sentence of the page before, or type it; say what would be better. */

import { type Signal, useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ReportOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { ChosenSentence, OUTCOME_ID } from './chosen-sentence.tsx';

/** As many as the server takes (server/wrong_words/rules.py). */
const MOST_CHARACTERS = 500;

export function ReportWord() {
  const { app, shown } = useTools();
  const { t } = app.words;
  const { screen = '', from = '/', lang = app.language.value.lang, sentences = [] } = shown.value ?? {};
  const sentence = useSignal('');
  const better = useSignal('');
  const outcome = useSignal<ReportOutcome | 'nothing-said' | undefined>(undefined);
  const tries = useSignal(0);
  const send = async (): Promise<void> => {
    const words = sentence.value.trim();
    const found = sentences.find((one) => one.words === words);
    const report = { lang: found?.lang ?? lang, screen, shown: words, better: better.value.trim(), note: '' };
    outcome.value = words === '' ? 'nothing-said' : await app.actions.reportWords(report);
    tries.value += 1;
  };
  // A second report begins on the page whose words are wrong.
  const done = outcome.value === 'sent' || outcome.value === 'kept';
  return (
    <>
      {!done && (
        <a class="back" href={from}>
          <Icon name="arrow" turns />
          {t('Go back')}
        </a>
      )}
      <PageHeading title={t('Report a wrong word')} page="word">
        {t('Report a wrong word')}
      </PageHeading>
      <Outcome outcome={outcome.value} tries={tries.value} />
      {done ? (
        <a class="button button-wide" href={from}>
          {t('Go back')}
        </a>
      ) : (
        <form class="stack" noValidate onSubmit={(event) => submitted(event, send)}>
          <p>{t('Is a word here wrong or hard to understand? Tell us. Do not write about a person here.')}</p>
          <ChosenSentence sentences={sentences} sentence={sentence} wrong={outcome.value === 'nothing-said'} />
          <Better better={better} />
          <button type="submit" class="button button-wide">
            {t('Send the report')}
          </button>
        </form>
      )}
    </>
  );
}

function Better({ better }: { readonly better: Signal<string> }) {
  const { t } = useTools().app.words;
  return (
    <div class="question">
      <label class="question-label question-label-small" for="better">
        {t('What would be better (optional)')}
      </label>
      <input
        id="better"
        class="field"
        type="text"
        dir="auto"
        autoComplete="off"
        maxLength={MOST_CHARACTERS}
        value={better.value}
        onInput={(event) => {
          better.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}

function submitted(event: TargetedSubmitEvent<HTMLFormElement>, send: () => Promise<void>): void {
  event.preventDefault();
  void send();
}

interface OutcomeProps {
  readonly outcome: ReportOutcome | 'nothing-said' | undefined;
  /** Counts the presses of the button: each leads here. */
  readonly tries: number;
}

function Outcome({ outcome, tries }: OutcomeProps) {
  const { words } = useTools().app;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) place.current?.focus();
  }, [tries]);
  if (outcome === undefined) return null;
  const isGood = outcome === 'sent' || outcome === 'kept';
  return (
    <div
      ref={place}
      id={OUTCOME_ID}
      class={isGood ? 'notice notice-good' : 'notice notice-bad'}
      role={isGood ? 'status' : 'alert'}
      tabIndex={-1}
    >
      {outcome === 'nothing-said' && <h2>{words.t('Put this right to go on')}</h2>}
      <p>{outcomeWords(words, outcome)}</p>
    </div>
  );
}

function outcomeWords({ t }: Words, outcome: ReportOutcome | 'nothing-said'): string {
  switch (outcome) {
    case 'sent':
      return t('Thank you. The people who look after the words will read your report.');
    case 'kept':
      return t('Thank you. Your report is kept on this phone. It is sent by itself when there is a connection.');
    case 'too-many':
      return t('Many reports wait on this phone already. Connect to the internet, then try again.');
    case 'storage-failed':
      return t('Your report could not be kept on this phone. Try again.');
    case 'nothing-said':
      return t('Choose or type the words that are wrong.');
  }
}
