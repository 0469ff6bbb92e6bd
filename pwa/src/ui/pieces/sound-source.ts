/** Finds what says a text: a recording of people, else the form's own sound. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App, Sounds, SpokenLanguage } from '../../app/index.ts';
import type { ShownText } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { spokenHere } from './spoken-here.ts';
import { tonguesToHear } from './tongues-to-hear.ts';

/** `sha256` undefined: the form names a sound that was never given. `bytes`: where they are known. */
export interface Source {
  readonly sha256: string | undefined;
  readonly bytes?: number;
  /** In which language, where that is not the language of the words. */
  readonly tongue?: SpokenLanguage;
}

export type Found = Source | 'none';

/** Of each app that was ever drawn, once it is open: from then on, nothing on a page has to wait for it. */
const OPENED = new WeakMap<App, Sounds>();

/** What is here says it at once; a recording that has to be looked for takes its place when it comes. */
export function useSource(words: ShownText, key: string | undefined): Found {
  const { app, playing } = useTools();
  const sounds = useSounds();
  const lang = app.interview.value?.pack.value.lang ?? words.lang;
  const tongues = tonguesToHear(spokenHere(app), lang, sounds?.listening.value);
  const own = words.media?.audio;
  const names = tongues.map((tongue) => tongue.sounds).join();
  const otherwise: Found = own === undefined ? 'none' : { sha256: own.sha256 };
  const known = (sounds && key && knownRecording(sounds, tongues, key)) || otherwise;
  const found = useSignal<Found>(known);
  useEffect(() => {
    let isWanted = true;
    found.value = known;
    // It waits for no network; and what is being listened to is not taken away.
    const taken = (source: Source | undefined): void => {
      if (isWanted && source !== undefined && playing.peek() === undefined) found.value = source;
    };
    if (sounds && key) void recordingIn(sounds, tongues, key).then(taken);
    return () => {
      isWanted = false;
    };
  }, [sounds, key, names, own?.sha256, own === undefined]);
  return found.value;
}

/** What people have recorded, once it can be had. */
export function useSounds(): Sounds | undefined {
  const { app } = useTools();
  const sounds = useSignal(OPENED.get(app));
  useEffect(() => {
    void app.actions.sounds().then((opened) => {
      if (opened !== undefined) OPENED.set(app, opened);
      sounds.value = opened;
    });
  }, []);
  return sounds.value;
}

type Recordings = Pick<Sounds, 'known' | 'read'>;

/** The first of these languages that has it, as far as this phone knows by now. */
export function knownRecording(
  sounds: Recordings,
  tongues: readonly SpokenLanguage[],
  key: string,
): Source | undefined {
  for (const tongue of tongues) {
    const sound = sounds.known(tongue)?.get(key);
    if (sound !== undefined) return { ...sound, ...(tongue.lang === tongue.beside ? {} : { tongue }) };
  }
  return undefined;
}

/** The same, once all of them have been looked for at once. */
export async function recordingIn(
  sounds: Recordings,
  tongues: readonly SpokenLanguage[],
  key: string,
): Promise<Source | undefined> {
  await Promise.all(tongues.map((tongue) => sounds.read(tongue)));
  return knownRecording(sounds, tongues, key);
}
