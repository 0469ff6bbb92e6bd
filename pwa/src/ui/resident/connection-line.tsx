/** The signal is gone, half-way: said plainly, and that it does not matter. Looked for on each page, with as few bytes as can be. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Visits } from '../../app/index.ts';
import { Icon } from '../pieces/icons.tsx';
import { useTools } from '../tools.ts';

/** So long after a page was opened nobody has aimed at anything on it yet: later, a line that comes would move it from under a finger. */
const SETTLING_MILLISECONDS = 600;

export function ConnectionLine({ visits }: { readonly visits: Visits }) {
  const { app, router } = useTools();
  const moves = router.moves.value;
  const isOnline = useOnline();
  const isGone = !isOnline || !visits.reachable.value;
  const shown = useSignal(isGone);
  const openedAt = useRef(0);
  useEffect(() => {
    openedAt.current = performance.now();
    shown.value = isGone;
  }, [moves]);
  useEffect(() => {
    if (performance.now() - openedAt.current < SETTLING_MILLISECONDS) shown.value = isGone;
  }, [isGone]);
  useEffect(() => void visits.look(), [moves, isOnline]);
  return (
    <div class="above-page" role="status">
      <KeepOpen />
      {shown.value && (
        <p class="notice notice-wait line-with-icon">
          <Icon name="warning" />
          <span>
            {app.words.t('You have no connection. Go on: your answers are kept on this phone and sent later.')}
          </span>
        </p>
      )}
    </div>
  );
}

/** Where the app itself cannot be kept, a page that is closed or loaded again without a connection is gone. */
export function KeepOpen() {
  const { words, offline } = useTools().app;
  if (offline.value !== 'impossible') return null;
  return (
    <p class="quiet small">
      {words.t(
        'With no connection, this browser cannot open this page again. Keep it open until your answers are sent.',
      )}
    </p>
  );
}

function useOnline(): boolean {
  const isOnline = useSignal(navigator.onLine);
  useEffect(() => {
    const note = (): void => {
      isOnline.value = navigator.onLine;
    };
    window.addEventListener('online', note);
    window.addEventListener('offline', note);
    return () => {
      window.removeEventListener('online', note);
      window.removeEventListener('offline', note);
    };
  }, []);
  return isOnline.value;
}
