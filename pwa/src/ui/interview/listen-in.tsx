/** In which language the questions are heard, where people have recorded them in more than that of the words; and what that fetches. */

import { useSignal } from '@preact/signals';
import type { Interview, Sounds, SpokenLanguage } from '../../app/index.ts';
import { useSounds } from '../pieces/sound-source.ts';
import { spokenHere } from '../pieces/spoken-here.ts';
import { chosenFor, tonguesToHear } from '../pieces/tongues-to-hear.ts';
import { useTools } from '../tools.ts';
import { useMissing } from './missing-sounds.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

export function ListenIn({ interview }: { readonly interview: Interview }) {
  const { app } = useTools();
  const { t } = app.words;
  const sounds = useSounds();
  const lang = interview.pack.value.lang;
  const spoken = spokenHere(app);
  const [heard] = tonguesToHear(spoken, lang, sounds?.listening.value);
  if (sounds === undefined || spoken.length === 0) return null;
  if (spoken.length === 1 && heard !== undefined) return <Fetching sounds={sounds} tongue={heard} />;
  return (
    <div class="listen">
      <label class="listen-in">
        {t('Listen in')}{' '}
        <select
          class="field field-short"
          value={chosenFor(lang, sounds.listening.value) ?? heard?.lang ?? ''}
          onChange={(event) => sounds.listenIn({ lang: event.currentTarget.value, words: lang })}
        >
          {heard === undefined && <option value="">{t('Choose')}</option>}
          {spoken.map((one) => (
            <option key={one.lang} value={one.lang} lang={one.lang}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {heard !== undefined && <Fetching sounds={sounds} tongue={heard} />}
    </div>
  );
}

/** Asked for before much is fetched; nothing where all of it is here. */
function Fetching({ sounds, tongue }: { readonly sounds: Sounds; readonly tongue: SpokenLanguage }) {
  const { t } = useTools().app.words;
  const missing = useMissing(sounds, tongue);
  const busy = useSignal(false);
  if (missing === undefined || missing.count === 0) return null;
  const fetch = async (): Promise<void> => {
    busy.value = true;
    await sounds.fetchAll(tongue);
    busy.value = false;
  };
  const megabytes = Math.max(0.1, Math.round((missing.bytes / BYTES_PER_MEGABYTE) * 10) / 10);
  return (
    <button type="button" class="button button-quiet" aria-busy={busy.value} onClick={fetch}>
      {t('Get all recordings now ({megabytes} MB), to listen without a connection', { megabytes })}
    </button>
  );
}
