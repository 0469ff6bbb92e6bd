/** What happens by itself, on any screen: the connection comes and goes, answers arrive. Read out, for each page shows it in its own place. */

import { useEffect, useRef } from 'preact/hooks';
import type { App } from '../../app/index.ts';
import { LettersNotice } from '../letters/letters-notice.tsx';
import { useTools } from '../tools.ts';
import { keepClearOf } from './keep-clear.ts';
import { isResident } from './resident.ts';

export function News() {
  useConnectionNews();
  useArrivalNews();
  useRoomForToasts();
  return <LettersNotice />;
}

function useRoomForToasts(): void {
  useEffect(() => {
    const toasts = document.querySelector<HTMLElement>('.toasts');
    return toasts === null ? undefined : keepClearOf(toasts);
  }, []);
}

function useConnectionNews(): void {
  const { app, announcer } = useTools();
  useEffect(() => {
    let isLost = false;
    const lost = (): void => {
      isLost = true;
      announcer.tell('connection', lostSentence(app));
    };
    const back = (): void => {
      if (isLost) announcer.tell('connection', app.words.t('The connection is back.'));
      isLost = false;
    };
    window.addEventListener('offline', lost);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', back);
    };
  }, []);
}

function lostSentence(app: App): string {
  const { t } = app.words;
  if (isResident(app)) return t('You have no connection. Go on: your answers are kept on this phone and sent later.');
  return t('There is no connection now. What you finish is saved on this phone and goes by itself later.');
}

/** Only when fewer wait than before: finishing one more is said where it is finished. */
function useArrivalNews(): void {
  const { app, announcer } = useTools();
  const { waiting } = app.sync.value;
  const before = useRef(waiting);
  useEffect(() => {
    const arrived = before.current - waiting;
    before.current = waiting;
    if (arrived > 0) announcer.tell('arrival', arrivedNews(app, arrived, waiting));
  }, [waiting]);
}

function arrivedNews(app: App, arrived: number, waiting: number): string {
  const { t, plural } = app.words;
  if (isResident(app))
    return plural(
      '{count} set of answers on this phone was sent.',
      '{count} sets of answers on this phone were sent.',
      arrived,
    );
  if (waiting === 0) return t('Everything you finished has arrived.');
  return plural('{count} interview has not arrived yet.', '{count} interviews have not arrived yet.', waiting);
}
