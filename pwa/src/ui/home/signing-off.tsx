/** The team has signed this phone off: what still has to go, and why it does not. All of it stays until then. */

import type { App, SyncStatus } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { LockedDrafts } from '../lock/locked-drafts.tsx';
import { waitingSentences } from '../pieces/arrival.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';

export function SigningOff() {
  const { app } = useTools();
  const { t } = app.words;
  const { status } = app.sync.value;
  const title = t('This phone was signed off');
  return (
    <>
      <PageHeading title={title} page="signing-off">
        {title}
      </PageHeading>
      <p class="lead">
        {t(
          'Your team signed this phone off. What is on it is being sent to the team. After that it is removed from this phone.',
        )}
      </p>
      <section class="card notice-wait">
        {leftSentences(app).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <div role="status">
          <p>{statusSentence(app.words, status)}</p>
        </div>
        <SendButton sending={status.kind === 'sending'} />
      </section>
      <LockedDrafts />
    </>
  );
}

function leftSentences(app: App): readonly string[] {
  const { plural } = app.words;
  const count = (wanted: string): number => app.responses.value.filter(({ state }) => state === wanted).length;
  const [drafts, refused] = [count('draft'), count('refused')];
  const sentences = [...waitingSentences(app)];
  if (drafts > 0)
    sentences.push(
      plural(
        'Close the other tab first: {count} interview is still open there.',
        'Close the other tabs first: {count} interviews are still open there.',
        drafts,
      ),
    );
  if (refused > 0)
    sentences.push(
      plural(
        '{count} interview cannot be sent. Show this phone to your coordinator.',
        '{count} interviews cannot be sent. Show this phone to your coordinator.',
        refused,
      ),
    );
  return sentences;
}

function statusSentence({ t }: Words, status: SyncStatus): string {
  if (status.kind === 'sending') return t('Sending now…');
  const why = status.kind === 'idle' ? undefined : status.why;
  if (why === 'no-connection')
    return t('There is no connection now. Everything stays on this phone until it has been sent.');
  if (why === 'not-our-server')
    return t('This Wi-Fi wants you to sign in first. Open any web page, sign in, then come back.');
  return t('Not all of it could be sent yet. It stays on this phone, and we will try again by ourselves.');
}

function SendButton({ sending }: { readonly sending: boolean }) {
  const { app } = useTools();
  const send = (): void => {
    if (!sending) void app.actions.syncNow();
  };
  return (
    <button type="button" class="button button-second" aria-disabled={sending} onClick={send}>
      {app.words.t('Send now')}
    </button>
  );
}
