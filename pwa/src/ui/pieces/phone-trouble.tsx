/** Trouble with this phone's storage: said on every screen, because work is at stake. And what can wait, fetched apart. */

import type { App } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { Later } from './later.tsx';

export function PhoneTrouble() {
  const { app } = useTools();
  return (
    <>
      <StorageNotice />
      {app.room.value === 'scarce' && app.storage.value === 'none' && (
        <Later draw={({ RoomNotice }) => <RoomNotice />} />
      )}
      {hasQuietNews(app) && <Later draw={({ QuietNotice }) => <QuietNotice />} />}
    </>
  );
}

/** Not during an interview: it can go on without, and somebody is waiting for the next question. */
function hasQuietNews({ enrolment, update, interview }: App): boolean {
  const state = enrolment.value;
  // A resident gets a new token at the next poster, and has nobody to ask for a link.
  const needsLink = state.kind === 'enrolled' && state.role === 'worker' && state.renewal === 'needed';
  return interview.value === undefined && (needsLink || update.value !== 'none');
}

function StorageNotice() {
  const { app } = useTools();
  const trouble = app.storage.value;
  if (trouble === 'none') return null;
  return (
    <div class="notice notice-bad" role="alert">
      {trouble === 'full' || trouble === 'failing' ? (
        <p>{unsavedSentence(app.words, trouble)}</p>
      ) : (
        <Later draw={({ StorageWords }) => <StorageWords trouble={trouble} />} />
      )}
    </div>
  );
}

/** What was typed last is at stake: these words must not have to be fetched. */
function unsavedSentence({ t }: Words, trouble: 'full' | 'failing'): string {
  switch (trouble) {
    case 'full':
      return t(
        'This phone is full. What you typed last is not saved yet: keep this page open. Remove some photos or apps, then type on.',
      );
    case 'failing':
      return t(
        'This phone does not save at the moment. Keep this page open. Close other apps, then change any answer to try again.',
      );
  }
}
