/** Opens a draft from this phone's storage. Usually too quick to see; says what is wrong when it cannot. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenOutcome } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
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
  const { words } = useTools().app;
  const title = words.t('This interview is not open');
  return (
    <>
      <PageHeading title={title} page="not-open">
        {title}
      </PageHeading>
      <p class="notice notice-bad" role="alert">
        {openTrouble(words, outcome)}
      </p>
      {outcome !== 'not-found' && (
        <button type="button" class="button" onClick={tryAgain}>
          {words.t('Try again')}
        </button>
      )}
      <p>
        <a class="back" href="/responses">
          {words.t('Your interviews')}
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
