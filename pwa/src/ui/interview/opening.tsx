/** Opens a draft from this phone's storage. Usually too quick to see; says what is wrong when it cannot. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { isResident } from '../pieces/resident.ts';
import { useTools } from '../tools.ts';

export function Opening({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const outcome = useSignal<OpenOutcome | undefined>(undefined);
  const open = async (): Promise<void> => {
    outcome.value = await app.actions.openDraft(responseId);
  };
  // Once for each draft.
  useEffect(() => {
    void open();
  }, [responseId]);
  if (outcome.value === undefined || outcome.value === 'open') return <p role="status">{app.words.t('Opening…')}</p>;
  return <NotOpen outcome={outcome.value} tryAgain={open} />;
}

function NotOpen({
  outcome,
  tryAgain,
}: {
  readonly outcome: Exclude<OpenOutcome, 'open'>;
  readonly tryAgain: () => Promise<void>;
}) {
  const { app } = useTools();
  const { words } = app;
  const ofResident = isResident(app);
  const title = ofResident ? words.t('These answers are not open') : words.t('This interview is not open');
  return (
    <>
      <PageHeading title={title} page="not-open">
        {title}
      </PageHeading>
      <p class="notice notice-bad" role="alert">
        {ofResident ? residentTrouble(words, outcome) : openTrouble(words, outcome)}
      </p>
      {outcome !== 'not-found' && (
        <button type="button" class="button" onClick={tryAgain}>
          {words.t('Try again')}
        </button>
      )}
      <p>
        <a class="back" href={ofResident ? '/' : '/responses'}>
          {ofResident ? words.t('Your answers on this phone') : words.t('Your interviews')}
        </a>
      </p>
    </>
  );
}

function openTrouble({ t }: Words, outcome: Exclude<OpenOutcome, 'open'>): string {
  switch (outcome) {
    case 'not-found':
      return t('There is no unfinished interview at this address. It may be finished, or removed.');
    case 'form-not-here':
      return t('The questions of this interview are not on this phone. Connect to the internet, then try again.');
    case 'open-elsewhere':
      return t('This interview is open in another tab. Go on there, or close that tab and try again.');
    case 'kept-apart':
      return t(
        'Another tab has gone on with this interview. What you answered here is kept beside it, among your interviews.',
      );
    case 'storage-failed':
      return t('This phone could not read what was saved. Close other apps, then try again.');
  }
}

function residentTrouble({ t }: Words, outcome: Exclude<OpenOutcome, 'open'>): string {
  switch (outcome) {
    case 'not-found':
      return t('There are no unfinished answers at this address. They may be sent, or deleted.');
    case 'form-not-here':
      return t('These questions are not on this phone yet.');
    case 'open-elsewhere':
      return t('These answers are open in another tab. Go on there, or close that tab and try again.');
    case 'kept-apart':
      return t(
        'Another tab has gone on with these answers. What you typed here is kept beside them, among your answers on this phone.',
      );
    case 'storage-failed':
      return t('This phone could not read what was saved. Close other apps, then try again.');
  }
}
