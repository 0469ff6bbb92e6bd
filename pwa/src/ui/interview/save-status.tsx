/** "Saved on this phone": always in sight, and said aloud when the typing pauses rather than at every letter. */

import { useEffect } from 'preact/hooks';
import type { Interview, SaveState } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { Icon } from '../pieces/icons.tsx';
import { useTools } from '../tools.ts';

export function SaveStatus({ interview }: { readonly interview: Interview }) {
  const { app, announcer } = useTools();
  const { words } = app;
  const changes = interview.changes.value;
  const state = interview.saveState.value;
  const failed = state === 'failed';
  // Every change starts the pause anew.
  useEffect(() => {
    if (changes > 0) announcer.tell('saved', saveSentence(words, state));
  }, [changes, state]);
  useEffect(() => () => announcer.tell('saved', ''), []);
  return (
    <span class={failed ? 'save-status wrong' : 'save-status'}>
      <Icon name={failed ? 'warning' : state === 'saved' ? 'check' : 'clock'} />
      {saveSentence(words, state)}
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
