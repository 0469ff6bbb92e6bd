/** Plays one sound at a time: whoever begins stops all others, and a page that is left is silent. */

import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useTools } from '../tools.ts';
import { type Audible, OneSound, type PlayState } from './one-sound.ts';

export type { PlayState };

export interface Player {
  readonly state: ReadonlySignal<PlayState>;
  /** 0 to 1. */
  readonly share: ReadonlySignal<number>;
  press(): Promise<void>;
}

export function usePlayer(sha256: string): Player {
  const { app } = useTools();
  const share = useSignal(0);
  const sound = useMemo(() => new OneSound(() => open(sha256)), [sha256]);
  const turn = useTurn(() => sound.stop());
  useEffect(
    () => () => {
      sound.letGo();
      turn.end();
    },
    [sound],
  );
  const press = async (): Promise<void> => {
    const { value } = sound.state;
    if (value === 'playing' || value === 'fetching') return turn.end();
    turn.begin();
    share.value = 0;
    await sound.begin();
  };
  return { state: sound.state, share, press };

  async function open(name: string): Promise<Audible | undefined> {
    const file = await (await app.actions.sounds())?.fetch(name);
    if (file === undefined) return undefined;
    const made = new Audio(URL.createObjectURL(new Blob([file.content], { type: file.type })));
    made.addEventListener('timeupdate', () => {
      share.value = made.duration > 0 ? made.currentTime / made.duration : 0;
    });
    made.addEventListener('ended', () => turn.end());
    return audible(made);
  }
}

function audible(audio: HTMLAudioElement): Audible {
  return {
    play() {
      audio.currentTime = 0;
      return audio.play();
    },
    pause: () => audio.pause(),
    letGo: () => URL.revokeObjectURL(audio.src),
  };
}

/** Of all that can be heard on the page, one has its turn. `stop` is called when that ends, by whomever. */
export function useTurn(stop: () => void): { begin(): void; end(): void } {
  const { playing } = useTools();
  const me = useRef(stop);
  me.current = stop;
  const own = useRef(() => me.current());
  useEffect(() => () => end(), []);
  return { begin, end };

  function begin(): void {
    playing.peek()?.();
    playing.value = own.current;
  }

  function end(): void {
    if (playing.peek() === own.current) playing.value = undefined;
    own.current();
  }
}
