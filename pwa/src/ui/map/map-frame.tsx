/** The place where a map is drawn, once what draws it is here; with the neighbourhood's outline, and its streets where their file is on this phone. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { App } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import type { MapView } from './canvas.ts';
import { loadCanvas, loadTiles } from './load-map.ts';

interface MapFrameProps {
  readonly label: string;
  /** Absent: the arrow keys move the map. True: they are taken care of. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
  /** Called when there is something to draw on, and once more with nothing when that is over. */
  readonly use: (view: MapView | undefined) => void;
}

export function MapFrame({ label, onKey, use }: MapFrameProps) {
  const { app } = useTools();
  const { t } = app.words;
  const place = useRef<HTMLDivElement>(null);
  const state = useSignal<'fetching' | 'here' | 'failed'>('fetching');
  const tries = useSignal(0);
  useEffect(() => {
    const opened: { view?: MapView; isOver: boolean } = { isOver: false };
    void loadCanvas().then((canvas) => {
      if (opened.isOver || place.current === null) return;
      state.value = canvas === undefined ? 'failed' : 'here';
      if (canvas === undefined) return;
      opened.view = canvas.openMap(place.current, { keys: onKey === undefined });
      void drawGround(opened.view, app);
      use(opened.view);
    });
    return () => {
      opened.isOver = true;
      use(undefined);
      opened.view?.remove();
    };
  }, [tries.value, app.places.value?.maps.kept.value?.sha256]);
  const hear = (event: KeyboardEvent): void => {
    if (onKey?.(event)) event.preventDefault();
  };
  const role = onKey === undefined ? 'region' : 'application';
  const control = { role, 'aria-label': label, tabIndex: 0, onKeyDown: hear } as const;
  return (
    <>
      {state.value === 'fetching' && <p role="status">{t('Opening…')}</p>}
      {state.value === 'failed' && (
        <NotHere
          again={() => {
            state.value = 'fetching';
            tries.value += 1;
          }}
        />
      )}
      {/* Leaflet reckons from the left in every language. */}
      <div ref={place} class="map" dir="ltr" hidden={state.value === 'failed'} {...control} />
      {app.places.value?.maps.kept.value !== undefined && <p class="quiet small">© OpenStreetMap</p>}
    </>
  );
}

function NotHere({ again }: { readonly again: () => void }) {
  const { t } = useTools().app.words;
  return (
    <div class="notice notice-wait" role="alert">
      <p>
        {t(
          'This part of Fieldwell is not on this phone yet. What you answered is saved. Connect to the internet once, then try again.',
        )}
      </p>
      <button type="button" class="button button-second" onClick={again}>
        {t('Try again')}
      </button>
    </div>
  );
}

async function drawGround(view: MapView, app: App): Promise<void> {
  const places = app.places.peek();
  view.outline(places?.neighbourhood.outline ?? []);
  if (places?.maps.kept.peek() === undefined) return;
  const tiles = await loadTiles();
  const layer = await tiles?.keptLayer(places.maps, { lang: app.language.peek().lang, dark: isDark() });
  if (layer !== undefined) view.add(layer);
}

function isDark(): boolean {
  const { look } = document.documentElement.dataset;
  return look === 'dark' || (look !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}
