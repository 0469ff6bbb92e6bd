/** The map of the streets, as one file: its size first, then brought here when a person says so, and taken out again. */

import type { MapState, MapTrouble, Places } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { loadCanvas, loadTiles } from './load-map.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

export function MapFile({ places }: { readonly places: Places }) {
  const { words } = useTools().app;
  const { maps, map } = places;
  const [state, kept] = [maps.state.value, maps.kept.value];
  if (map === undefined && kept === undefined)
    return <p class="quiet">{words.t('Your team has no map of the streets for this phone.')}</p>;
  const isNewer = map !== undefined && map.sha256 !== kept?.sha256;
  return (
    <section class="card stack-close" aria-label={words.t('Map of the streets')}>
      {kept !== undefined && <Here bytes={kept.bytes} remove={() => maps.remove()} />}
      {isNewer && (
        <Coming
          state={state}
          bytes={map.bytes}
          isNewer={kept !== undefined}
          get={() => {
            // What draws it has to be here too, once there is no signal.
            void Promise.all([loadCanvas(), loadTiles()]);
            void maps.fetch(map);
          }}
          stop={() => maps.stop()}
        />
      )}
    </section>
  );
}

function Here({ bytes, remove }: { readonly bytes: number; readonly remove: () => Promise<void> }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const press = async (): Promise<void> => {
    await remove();
    announcer.say({ text: t('The map is removed.') });
  };
  return (
    <>
      <p role="status">
        {t('The map of the streets is on this phone ({megabytes} MB). It works without a connection.', {
          megabytes: megabytes(bytes),
        })}
      </p>
      <button type="button" class="button button-second" onClick={press}>
        {t('Remove the map')}
      </button>
    </>
  );
}

interface ComingProps {
  readonly state: MapState;
  readonly bytes: number;
  readonly isNewer: boolean;
  readonly get: () => void;
  readonly stop: () => void;
}

/** One button all the time, so that it keeps the focus. */
function Coming({ state, bytes, isNewer, get, stop }: ComingProps) {
  const { words } = useTools().app;
  const { t } = words;
  const size = { megabytes: megabytes(bytes) };
  const isFetching = state.kind === 'fetching';
  const begun = (isFetching || state.kind === 'stopped') && state.arrived > 0;
  return (
    <>
      {!isFetching && (
        <p>
          {isNewer
            ? t('There is a newer map of the streets. It takes {megabytes} MB.', size)
            : t('A map of the streets can stay on this phone. It takes {megabytes} MB.', size)}
        </p>
      )}
      <div role="status">{state.kind === 'stopped' && <p>{troubleWords(words, state.why)}</p>}</div>
      {isFetching && (
        <>
          <p>
            {t('{arrived} of {whole} MB is here', {
              arrived: megabytes(state.arrived),
              whole: megabytes(state.whole),
            })}
          </p>
          <progress class="progress" value={state.arrived} max={state.whole} aria-label={t('Map of the streets')} />
        </>
      )}
      <button type="button" class="button button-second" onClick={isFetching ? stop : get}>
        {isFetching ? t('Stop') : begun ? t('Go on getting the map') : t('Get the map')}
      </button>
    </>
  );
}

function troubleWords({ t }: Words, why: MapTrouble): string {
  switch (why) {
    case 'asked':
      return t('Stopped. What is here stays here.');
    case 'lost':
      return t('The connection broke. What is here stays here. Try again when there is a connection.');
    case 'full':
    case 'storage':
      return t('This phone has no room for the map. Your answers come first.');
    case 'damaged':
      return t('The map did not arrive whole. Try again.');
    case 'gone':
      return t('This map is not there any more. Look again later.');
  }
}

function megabytes(bytes: number): number {
  return Math.max(0.1, Math.round((bytes / BYTES_PER_MEGABYTE) * 10) / 10);
}
