/** What has not arrived: the count, what is going on, why it is not going, and the button. */

import type { FileProgress, SyncReport, SyncTrouble } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { hasFinished, waitingSentences } from './arrival.tsx';

export function ArrivalCard() {
  const { app } = useTools();
  const report = app.sync.value;
  const sentences = waitingSentences(app);
  const sending = report.status.kind === 'sending' && sentences.length > 0;
  const why = report.status.kind === 'waiting' || report.status.kind === 'problem' ? report.status.why : undefined;
  return (
    <section class={sentences.length > 0 ? 'card notice-wait' : 'card'}>
      {hasFinished(app) && <h2>{sentences.join(' ') || app.words.t('Everything you finished has arrived.')}</h2>}
      <div role="status">
        {sending && <p>{app.words.t('Sending now…')}</p>}
        {why !== undefined && <p>{troubleSentence(app.words, why)}</p>}
      </div>
      {sending && report.file && <Progress file={report.file} />}
      <LastArrival report={report} />
      {sentences.length > 0 && <SendButton sending={sending} />}
    </section>
  );
}

/** Not read out: it changes all the time. */
function Progress({ file }: { readonly file: FileProgress }) {
  const { t } = useTools().app.words;
  const [arrived, whole] = [kilobytes(file.arrived), kilobytes(file.whole)];
  const sentence = t('A photo or file is on its way: {arrived} of {whole} kB', { arrived, whole });
  return (
    <div>
      <p class="small">{sentence}</p>
      <progress class="progress" value={arrived} max={whole} aria-label={sentence} />
    </div>
  );
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1_000);
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

function troubleSentence({ t }: Words, why: SyncTrouble): string {
  switch (why) {
    case 'no-connection':
      return t('There is no connection now. What you finish is saved on this phone and goes by itself later.');
    case 'not-our-server':
      return t('This Wi-Fi wants you to sign in first. Open any web page, sign in, then come back.');
    case 'server-busy':
      return t('Many phones are sending at this moment. We will try again by ourselves.');
    case 'server-error':
      return t('Something is not working on our side. Your interviews are saved on this phone. We will try again.');
    case 'server-too-old':
      return t(
        'Your team has an older Fieldwell than this phone. Nothing can be sent yet. Your interviews are saved on this phone. We will try again.',
      );
    case 'storage-failed':
      return t('This phone could not read what was saved. Close other apps, then try again.');
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
