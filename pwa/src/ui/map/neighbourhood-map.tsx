/** The neighbourhood on a map, without a signal: its outline, known places, the person's own answers; and the same as a list. */

import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { OwnPoint, Places } from '../../app/index.ts';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import type { MapPoint, MapView } from './canvas.ts';
import { MapFile } from './map-file.tsx';
import { MapFrame } from './map-frame.tsx';
import { OwnList, PlacesList } from './map-lists.tsx';

export function NeighbourhoodMap() {
  const { app } = useTools();
  const { t } = app.words;
  const places = app.places.value;
  return (
    <>
      <a class="back" href="/settings">
        <Icon name="arrow" turns />
        {t('Settings')}
      </a>
      <PageHeading title={t('Map of the neighbourhood')} page="map">
        {t('Map of the neighbourhood')}
      </PageHeading>
      {places === undefined ? (
        <p>{t('There is no map here yet. Connect to the internet once, then look again.')}</p>
      ) : (
        <MapAndLists places={places} />
      )}
    </>
  );
}

function MapAndLists({ places }: { readonly places: Places }) {
  const { app } = useTools();
  const { t } = app.words;
  const own = useSignal<readonly OwnPoint[]>([]);
  const view = useRef<MapView | undefined>(undefined);
  const ids = useComputed(() => app.responses.value.map(({ id }) => id).join(' ')).value;
  useEffect(() => {
    void places.ownPoints(ids.split(' ').filter((id) => id !== '')).then((points) => {
      own.value = points;
      if (view.current !== undefined) draw(view.current, places, points);
    });
  }, [ids, places]);
  const use = (opened: MapView | undefined): void => {
    view.current = opened;
    if (opened === undefined) return;
    draw(opened, places, own.peek());
    opened.fit(extentOf(places, own.peek()));
  };
  return (
    <>
      <MapFile places={places} />
      <MapFrame label={t('Map of the neighbourhood')} use={use} />
      <div class="map-moves">
        <button type="button" class="button button-second" onClick={() => view.current?.zoom(1)}>
          {t('Closer')}
        </button>
        <button type="button" class="button button-second" onClick={() => view.current?.zoom(-1)}>
          {t('Further away')}
        </button>
      </div>
      <p class="quiet small">{t('A ring is an answer of yours. A dot is a known place.')}</p>
      <OwnList points={own.value} look={(at) => view.current?.look(at)} />
      <PlacesList assets={places.assets} look={(at) => view.current?.look(at)} />
    </>
  );
}

function draw(view: MapView, places: Places, own: readonly OwnPoint[]): void {
  const known = places.assets.flatMap(({ at }): MapPoint[] => (at === undefined ? [] : [{ at, look: 'disc' }]));
  view.points([...known, ...own.map(({ at }): MapPoint => ({ at, look: 'ring' }))]);
}

/** The whole neighbourhood; where nobody has drawn it, all that is in it. */
function extentOf(places: Places, own: readonly OwnPoint[]) {
  const outline = places.neighbourhood.outline.flat();
  if (outline.length > 0) return outline;
  const known = places.assets.map(({ at }) => at).filter((at) => at !== undefined);
  return [...known, ...own.map(({ at }) => at)];
}
