/** Trouble with this phone's storage, and a newer app that waits. Said on every screen, because work is at stake. */

import type { StorageTrouble } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';

export function PhoneTrouble() {
  return (
    <>
      <StorageNotice />
      <RenewalNotice />
      <UpdateNotice />
    </>
  );
}

function StorageNotice() {
  const { app } = useTools();
  const trouble = app.storage.value;
  if (trouble === 'none') return null;
  return (
    <div class="notice notice-bad" role="alert">
      <p>{storageSentence(app.words, trouble)}</p>
      {trouble === 'wiped' && (
        <button type="button" class="button button-second" onClick={() => app.actions.acknowledgeWipe()}>
          {app.words.t('I have read this')}
        </button>
      )}
    </div>
  );
}

function storageSentence({ t }: Words, trouble: Exclude<StorageTrouble, 'none'>): string {
  switch (trouble) {
    case 'unavailable':
      return t('This browser cannot save anything here. Open Fieldwell in a normal window, not a private one.');
    case 'wiped':
      return t(
        'This browser has removed what was saved here. Interviews that had not been sent are gone from this phone. Tell your coordinator.',
      );
    case 'full':
      return t('This phone is full. Remove some photos or apps, then come back. What you type now may be lost.');
    case 'failing':
      return t(
        'This phone does not save at the moment. Keep this page open. Close other apps, then change any answer to try again.',
      );
    case 'other-tab':
      return t('Fieldwell is open in another tab. Close the other tab, then come back here.');
  }
}

/** Not during an interview: it can go on without, and somebody is waiting for the next question. */
function RenewalNotice() {
  const { app } = useTools();
  const enrolment = app.enrolment.value;
  const needed = enrolment.kind === 'enrolled' && enrolment.renewal === 'needed';
  if (!needed || app.interview.value !== undefined) return null;
  return (
    <div class="notice notice-wait">
      <p>
        {app.words.t(
          'This phone needs a new link before it can send. Ask your coordinator. Your interviews are saved on this phone.',
        )}
      </p>
    </div>
  );
}

/** Offered, never forced; not during an interview, where a reload would be in the way. */
function UpdateNotice() {
  const { app } = useTools();
  if (app.update.value === 'none' || app.interview.value !== undefined) return null;
  return (
    <div class="notice">
      <p>{app.words.t('A newer version of Fieldwell is ready.')}</p>
      <button type="button" class="button button-second" onClick={() => app.actions.restartForUpdate()}>
        {app.words.t('Use it now')}
      </button>
    </div>
  );
}
