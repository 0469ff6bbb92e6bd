/** A position set on a map: by a tap, by buttons, or by the arrow keys. Nothing has to be dragged. */

import { useRef } from 'preact/hooks';
import type { LatLon, Places } from '../../app/index.ts';
import { type Fix, fixOf, geopointText, leastStep, moved } from '../questions/geopoint.ts';
import { useTools } from '../tools.ts';
import type { MapView } from './canvas.ts';
import { MapFrame } from './map-frame.tsx';

/** As exactly as a finger can point. */
const FINGER_PIXELS = 22;
const STEP_PIXELS = 24;
const LEAST_METRES = 5;

type Way = 'up' | 'down' | 'left' | 'right';
const WAYS: { readonly [way in Way]: readonly [north: number, east: number] } = {
  up: [1, 0],
  down: [-1, 0],
  left: [0, -1],
  right: [0, 1],
};

interface PinMapProps {
  /** As it is stored; '' for no position yet. */
  readonly value: string;
  readonly set: (geopoint: string) => void;
}

export function PinMap({ value, set }: PinMapProps) {
  const { app } = useTools();
  const { t } = app.words;
  const view = useRef<MapView | undefined>(undefined);
  const pinned = useRef<Fix | undefined>(undefined);
  pinned.current = fixOf(value);
  view.current?.pin(pinned.current && latLonOf(pinned.current));
  const give = (fix: Pick<Fix, 'latitude' | 'longitude'>): void => {
    const accuracy = Math.max(LEAST_METRES, Math.round((view.current?.metres() ?? 1) * FINGER_PIXELS));
    set(geopointText({ ...fix, altitude: 0, accuracy }));
  };
  const move = (way: Way): void => {
    const [lat = 0, lon = 0] = view.current?.centre() ?? [];
    // The first press puts it in the middle.
    if (pinned.current === undefined) {
      give({ latitude: lat, longitude: lon });
      return;
    }
    const step = Math.max((view.current?.metres() ?? 1) * STEP_PIXELS, leastStep(pinned.current));
    const [north, east] = WAYS[way];
    const there = moved(pinned.current, { north: north * step, east: east * step });
    view.current?.follow(latLonOf(there));
    give(there);
  };
  const use = (opened: MapView | undefined): void => {
    view.current = opened;
    if (opened === undefined) return;
    opened.onTap(([latitude, longitude]) => give({ latitude, longitude }));
    opened.pin(pinned.current && latLonOf(pinned.current));
    if (pinned.current !== undefined) opened.look(latLonOf(pinned.current));
    else opened.fit(startOf(app.places.peek()));
  };
  const key = ({ key: pressed }: KeyboardEvent): boolean => {
    if (pressed === '+' || pressed === '-') view.current?.zoom(pressed === '+' ? 1 : -1);
    const way = wayOf(pressed);
    if (way !== undefined) move(way);
    return way !== undefined || pressed === '+' || pressed === '-';
  };
  return (
    <>
      <p class="quiet small">{t('Tap the place. Or move the pin with the buttons or the arrow keys.')}</p>
      <MapFrame label={t('Map. The arrow keys move the pin.')} onKey={key} use={use} />
      <fieldset class="map-moves">
        <legend class="for-readers">{t('Move the pin')}</legend>
        <Press words={t('Up')} press={() => move('up')} />
        <Press words={t('Down')} press={() => move('down')} />
        <Press words={t('Left')} press={() => move('left')} />
        <Press words={t('Right')} press={() => move('right')} />
        <Press words={t('Closer')} press={() => view.current?.zoom(1)} />
        <Press words={t('Further away')} press={() => view.current?.zoom(-1)} />
      </fieldset>
    </>
  );
}

function Press({ words, press }: { readonly words: string; readonly press: () => void }) {
  return (
    <button type="button" class="button button-second" onClick={press}>
      {words}
    </button>
  );
}

function wayOf(key: string): Way | undefined {
  switch (key) {
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    default:
      return undefined;
  }
}

function latLonOf({ latitude, longitude }: Fix): LatLon {
  return [latitude, longitude];
}

/** All of the neighbourhood; where nobody has drawn it, all that is known in it. */
function startOf(places: Places | undefined): readonly LatLon[] {
  const outline = places?.neighbourhood.outline.flat() ?? [];
  if (outline.length > 0) return outline;
  return (places?.assets ?? []).map(({ at }) => at).filter((at) => at !== undefined);
}
