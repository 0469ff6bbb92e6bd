/** "Saved on this phone": always in sight, and said aloud when the typing pauses rather than at every letter. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Interview, SaveState } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Icon } from '../pieces/icons.tsx';
import { useTools } from '../tools.ts';

const PAUSE_MILLISECONDS = 1_500;

export function SaveStatus({ interview }: { readonly interview: Interview }) {
  const { words } = useTools().app;
  const state = interview.saveState.value;
  const failed = state === 'failed';
  return (
    <>
      <span class={failed ? 'save-status wrong' : 'save-status'}>
        <Icon name={failed ? 'warning' : state === 'saved' ? 'check' : 'clock'} />
        {saveSentence(words, state)}
      </span>
      <SpokenStatus interview={interview} />
    </>
  );
}

function SpokenStatus({ interview }: { readonly interview: Interview }) {
  const { words } = useTools().app;
  const spoken = useSignal<SaveState | undefined>(undefined);
  const changes = interview.changes.value;
  const state = interview.saveState.value;
  // Every change starts the pause anew.
  useEffect(() => {
    spoken.value = undefined;
    const timer = setTimeout(() => {
      if (changes > 0) spoken.value = state;
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [changes, state]);
  return (
    <span class="for-readers" role="status">
      {spoken.value !== undefined && saveSentence(words, spoken.value)}
    </span>
  );
}

function saveSentence({ t }: Words, state: SaveState): string {
  switch (state) {
    case 'saved':
      return t('Saved on this phone');
    case 'saving':
      return t('Saving…');
    case 'failed':
      return t('Not saved yet. Keep this page open.');
  }
}
