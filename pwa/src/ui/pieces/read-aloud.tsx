/** Reads words aloud where nobody has recorded them and the phone itself has a voice for their language; else it shows nothing. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownText } from '../../formlogic/form.ts';
import { useTools } from '../tools.ts';
import { SoundButton } from './listen.tsx';
import { useTurn } from './sound-player.ts';
import { voiceFor } from './voices.ts';

type Wording = Pick<ShownText, 'text' | 'lang'>;

/** `texts` are read one after the other, each in its own language; those without a voice are passed over. */
export function ReadAloud({ texts }: { readonly texts: readonly Wording[] }) {
  const { t } = useTools().app.words;
  const voices = useVoices();
  const playing = useSignal(false);
  /** What is said now. Chrome lets go of what nobody holds, and then never tells its end. */
  const held = useRef<readonly SpeechSynthesisUtterance[]>([]);
  const turn = useTurn(() => {
    if (playing.peek()) speechSynthesis.cancel();
    playing.value = false;
  });
  const all = texts.map(({ text }) => text).join('\n');
  useEffect(() => () => turn.end(), [all]);
  const [first] = texts;
  if (first === undefined || first.text === '' || voiceFor(first.lang, voices) === undefined) return null;
  const press = (): void => {
    if (playing.peek()) {
      turn.end();
      return;
    }
    turn.begin();
    playing.value = true;
    const said = utterances(texts, voices);
    held.current = said;
    // What was stopped before tells its end late.
    speak(said, () => held.current === said && turn.end());
  };
  return (
    <div class="listen">
      <SoundButton playing={playing.value} busy={false} about={undefined} press={press}>
        {t('Read aloud')}
      </SoundButton>
    </div>
  );
}

function utterances(texts: readonly Wording[], voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisUtterance[] {
  return texts.flatMap(({ text, lang }) => {
    const voice = voiceFor(lang, voices);
    return voice === undefined || text === '' ? [] : [utterance(text, voice)];
  });
}

function speak(said: readonly SpeechSynthesisUtterance[], end: () => unknown): void {
  said[said.length - 1]?.addEventListener('end', end);
  for (const one of said) {
    one.addEventListener('error', end);
    speechSynthesis.speak(one);
  }
}

function utterance(text: string, voice: SpeechSynthesisVoice): SpeechSynthesisUtterance {
  const made = new SpeechSynthesisUtterance(text);
  made.voice = voice;
  made.lang = voice.lang;
  return made;
}

/** Browsers tell them late, and some have none at all. */
function useVoices(): readonly SpeechSynthesisVoice[] {
  const voices = useSignal<readonly SpeechSynthesisVoice[]>(
    typeof speechSynthesis === 'undefined' ? [] : speechSynthesis.getVoices(),
  );
  useEffect(() => {
    if (typeof speechSynthesis === 'undefined') return undefined;
    const look = (): void => {
      voices.value = speechSynthesis.getVoices();
    };
    look();
    // Safari 15 has no addEventListener here.
    speechSynthesis.addEventListener?.('voiceschanged', look);
    return () => speechSynthesis.removeEventListener?.('voiceschanged', look);
  }, []);
  return voices.value;
}
