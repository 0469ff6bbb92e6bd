/** What has not arrived, always in sight, in plain words; and why, when it is not going. */

import type { App, SyncReport, SyncTrouble } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { filesSentences } from './files-sentences.ts';

/** One line for the foot of every screen; nothing before the first interview is finished. */
export function WaitingCount() {
  const { app } = useTools();
  return <span role="status">{hasFinished(app) && waitingSentences(app).join(' ')}</span>;
}

function hasFinished(app: App): boolean {
  return app.responses.value.some(({ state }) => state !== 'draft');
}

/** The card on the home and list screens: the count, what is going on, and the button; nothing as long as there is nothing to tell. */
export function Arrival() {
  const { app } = useTools();
  const report = app.sync.value;
  const sending = report.status.kind === 'sending';
  const why = report.status.kind === 'waiting' || report.status.kind === 'problem' ? report.status.why : undefined;
  if (!hasFinished(app) && why === undefined) return null;
  return (
    <section class={report.waiting > 0 ? 'card notice-wait' : 'card'}>
      {hasFinished(app) && <h2>{waitingSentences(app).join(' ')}</h2>}
      <div role="status">
        {sending && <p>{app.words.t('Sending now…')}</p>}
        {why !== undefined && <p>{troubleSentence(app.words, why)}</p>}
      </div>
      <LastArrival report={report} />
      {report.waiting > 0 && <SendButton sending={sending} />}
    </section>
  );
}

function LastArrival({ report }: { readonly report: SyncReport }) {
  const { t, moment } = useTools().app.words;
  if (report.lastSuccess === undefined) return null;
  return <p class="quiet small">{t('Last in touch with your team: {when}', { when: moment(report.lastSuccess) })}</p>;
}

/** It stays in place while it works, so that focus is not lost, and goes when nothing waits any more; a second tap does nothing. */
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

/** Nothing has arrived as long as something of it has not. */
function waitingSentences({ words, sync, responses }: App): readonly string[] {
  const { t, plural } = words;
  const { waiting } = sync.value;
  const files = filesSentences(words, {
    photosHere: total(responses.value.map(({ photosHere }) => photosHere)),
    filesHere: total(responses.value.map(({ filesHere }) => filesHere)),
  });
  if (waiting > 0)
    return [
      plural('{count} interview has not arrived yet.', '{count} interviews have not arrived yet.', waiting),
      ...files,
    ];
  return files.length > 0 ? files : [t('Everything you finished has arrived.')];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function troubleSentence({ t }: Words, why: SyncTrouble): string {
  switch (why) {
    case 'no-connection':
      return t('There is no connection now. What you finish is saved on this phone and goes by itself later.');
    case 'not-our-server':
      return t('This Wi-Fi wants you to sign in first. Open any web page, sign in, then come back.');
    case 'server-busy':
      return t('Many phones are sending at this moment. We will try again by ourselves.');
    case 'server-error':
      return t('The server is not working right now. Your interviews are saved on this phone. We will try again.');
    case 'enrol-again':
      return t(
        'This phone needs a new link before it can send. Ask your coordinator. Your interviews are saved on this phone.',
      );
    case 'app-too-old':
      return t(
        'This version of Fieldwell is too old to send. Close it, then open it while you are connected. Your interviews are saved on this phone.',
      );
  }
}
