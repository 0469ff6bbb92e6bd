/** What can be done with a finished response: correct it, or give its words to somebody. */

import { useSignal } from '@preact/signals';
import type { CorrectOutcome, ReadResponse, ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Dialogue } from '../pieces/dialogue.tsx';
import { isResident } from '../pieces/resident.ts';
import { useTools } from '../tools.ts';
import { giveAway } from './sharing.ts';
import { summaryText } from './summary-text.ts';

interface ActsProps {
  readonly response: ResponseSummary;
  readonly read: ReadResponse;
}

export function ResponseActs({ response, read }: ActsProps) {
  const { app } = useTools();
  if (isResident(app) || response.visit !== undefined) return null;
  return (
    <div class="buttons">
      {canBeCorrected(response) && <Correct response={response} describedBy="response" />}
      <Share response={response} read={read} />
    </div>
  );
}

/** What was erased is gone, and stays so. */
export function canBeCorrected({ state, visit, removedSafeSince }: ResponseSummary): boolean {
  return state !== 'erased' && visit === undefined && removedSafeSince === undefined;
}

interface CorrectProps {
  readonly response: ResponseSummary;
  readonly describedBy: string;
}

export function Correct({ response: { id, state }, describedBy }: CorrectProps) {
  const { app, router, announcer } = useTools();
  const { t } = app.words;
  const correct = async (): Promise<void> => {
    const outcome = (await (await app.actions.day())?.correct(id)) ?? 'form-not-here';
    if (outcome === 'open') router.go({ screen: 'check', responseId: id, part: 'main' });
    else announcer.say({ text: correctTrouble(app.words, outcome) });
  };
  return (
    <button type="button" class="button" aria-describedby={describedBy} onClick={correct}>
      {state === 'draft' ? t('Go on correcting') : t('Correct')}
    </button>
  );
}

function correctTrouble({ t }: Words, outcome: Exclude<CorrectOutcome, 'open'>): string {
  switch (outcome) {
    case 'erased':
      return t('Its answers were erased at the team’s request, on this phone too.');
    case 'removed':
      return t('The answers are not on this phone any more.');
    case 'form-not-here':
      return t('The questions of this interview are not on this phone. Connect to the internet, then try again.');
    case 'open-elsewhere':
    case 'kept-apart':
      return t('An interview is open in another tab. Close it there first.');
    case 'not-found':
      return t('There is no finished interview at this address on this phone.');
    case 'storage-failed':
      return t('This phone could not read what was saved. Close other apps, then try again.');
  }
}

function Share({ response, read }: ActsProps) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const asks = useSignal(false);
  const close = (): void => {
    asks.value = false;
  };
  const share = async (): Promise<void> => {
    close();
    const given = await giveAway({ title: response.formTitle, text: summaryText(read) }, navigator);
    if (given === 'copied') announcer.say({ text: t('The answers were copied. You can paste them now.') });
    if (given === 'failed') announcer.say({ text: t('This phone could not share the answers.') });
  };
  return (
    <>
      <button
        type="button"
        class="button button-second"
        onClick={() => {
          asks.value = true;
        }}
      >
        {t('Share')}
      </button>
      {asks.value && (
        <Dialogue title={t('Share these answers?')} close={close}>
          <p>{t('Whoever gets them can read them and pass them on. The questions about the person stay out.')}</p>
          <div class="buttons">
            <button type="button" class="button" onClick={share}>
              {t('Share them')}
            </button>
            <button type="button" class="button button-second" onClick={close}>
              {t('Keep them here')}
            </button>
          </div>
        </Dialogue>
      )}
    </>
  );
}
