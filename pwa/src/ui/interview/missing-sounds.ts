/** How much of a language's recordings is not on this phone. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SoundPack, Sounds, SpokenLanguage, SpokenSound } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export interface Missing {
  readonly count: number;
  readonly bytes: number;
}

/** Undefined while nobody knows. */
export function useMissing(sounds: Sounds, tongue: SpokenLanguage): Missing | undefined {
  const { app } = useTools();
  const all = useSignal<readonly SpokenSound[] | undefined>(listed(sounds.known(tongue)));
  useEffect(() => {
    void sounds.read(tongue).then((pack) => {
      all.value = listed(pack);
    });
  }, [tongue.sounds]);
  return all.value && missingOf(all.value, app.media.value);
}

function listed(pack: SoundPack | undefined): readonly SpokenSound[] | undefined {
  return pack && [...pack.values()];
}

export function missingOf(sounds: readonly SpokenSound[], here: ReadonlySet<string>): Missing {
  const missing = new Map(sounds.filter(({ sha256 }) => !here.has(sha256)).map(({ sha256, bytes }) => [sha256, bytes]));
  return { count: missing.size, bytes: [...missing.values()].reduce((sum, bytes) => sum + bytes, 0) };
}
