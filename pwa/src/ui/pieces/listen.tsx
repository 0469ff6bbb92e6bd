/** The button that says a text aloud: play and stop, how far it is, and what to do where the sound is not here. */

import { useEffect } from 'preact/hooks';
import type { SpokenLanguage } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { type PlayState, usePlayer } from './sound-player.ts';

/** A sound of so many bytes that is not here yet says how large it is before it is fetched. */
const LARGE_BYTES = 100_000;
const BYTES_PER_KILOBYTE = 1_000;

interface ListenProps {
  readonly sha256: string;
  readonly bytes: number | undefined;
  readonly tongue: SpokenLanguage | undefined;
  /** What is heard, for whoever cannot see what stands beside the button; undefined: the question itself. */
  readonly about: string | undefined;
}

export function Listen({ sha256, bytes, tongue, about }: ListenProps) {
  const { app, announcer } = useTools();
  const { words } = app;
  const player = usePlayer(sha256);
  const state = player.state.value;
  const isHere = app.media.value.has(sha256);
  // One that is here needs no word for the moment that it takes to begin.
  const trouble = state === 'fetching' && isHere ? '' : troubleSentence(words, state);
  useEffect(() => {
    if (trouble !== '') announcer.tell('sound', trouble);
  }, [trouble]);
  const isLarge = bytes !== undefined && bytes >= LARGE_BYTES && !isHere;
  return (
    <div class="listen">
      <SoundButton playing={state === 'playing'} busy={state === 'fetching'} about={about} press={player.press}>
        {words.t('Listen')}
      </SoundButton>
      {tongue !== undefined && (
        <bdi class="quiet small" lang={tongue.lang}>
          {tongue.name}
        </bdi>
      )}
      {isLarge && (
        <span class="quiet small">
          {words.t('{kilobytes} kB', { kilobytes: Math.round(bytes / BYTES_PER_KILOBYTE) })}
        </span>
      )}
      {state === 'playing' && <progress class="progress" value={player.share.value} max={1} aria-hidden="true" />}
      {trouble !== '' && <p class="quiet small">{trouble}</p>}
    </div>
  );
}

interface SoundButtonProps {
  readonly playing: boolean;
  readonly busy: boolean;
  readonly about: string | undefined;
  readonly press: () => unknown;
  readonly children: string;
}

/** What it does now is its name, so that nothing else has to be announced. */
export function SoundButton({ playing, busy, about, press, children }: SoundButtonProps) {
  const { t } = useTools().app.words;
  const does = playing ? t('Stop') : children;
  return (
    <button type="button" class="button button-second" aria-busy={busy} onClick={() => void press()}>
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="currentColor">
        {playing ? <path d="M6 6h12v12H6z" /> : <path d="M7 4.5v15l12.5-7.5z" />}
      </svg>
      {does}
      {about !== undefined && <span class="for-readers">: {about}</span>}
    </button>
  );
}

function troubleSentence({ t }: Words, state: PlayState): string {
  switch (state) {
    case 'fetching':
      return t('The sound is on its way…');
    case 'missing':
      return t('This sound is not on this phone yet. Connect to the internet, then press “Listen” again.');
    case 'press-again':
      return t('The sound is here. Press “Listen” again.');
    case 'unplayable':
      return t('This phone cannot play this sound.');
    case 'still':
    case 'playing':
      return '';
  }
}
