/** Where this phone is: asks the browser for positions that get better and better, until one is good enough or a person says stop. */

import { type ReadonlySignal, signal } from '@preact/signals';

export type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'refused' } // by the person, by the browser's settings, or for lack of https
  | { readonly kind: 'not-found' };

export interface Finder {
  readonly finding: ReadonlySignal<Finding>;
  /** `found` gets XForms text, "latitude longitude altitude accuracy", each time a better position is known. */
  start(found: (geopoint: string) => void): void;
  stop(): void;
}

/** A building's length: enough to tell one place from the next. */
const GOOD_ENOUGH_METRES = 10;
const PATIENCE_MILLISECONDS = 60_000;
/** Degrees with 6 decimals tell places about 10 cm apart. */
const DECIMALS = 6;

export function makeFinder(geolocation: Geolocation | undefined): Finder {
  const finding = signal<Finding>({ kind: 'idle' });
  const watch: { id?: number } = {};
  const end = (how: Finding): void => {
    if (watch.id !== undefined) geolocation?.clearWatch(watch.id);
    delete watch.id;
    finding.value = how;
  };
  return {
    finding,
    stop: () => end({ kind: 'idle' }),
    start: (found) => {
      if (geolocation === undefined) return end({ kind: 'refused' });
      end({ kind: 'looking' });
      const best = { metres: Number.POSITIVE_INFINITY };
      const take = ({ coords }: GeolocationPosition): void => {
        if (coords.accuracy >= best.metres) return;
        best.metres = coords.accuracy;
        found(geopoint(coords));
        if (coords.accuracy <= GOOD_ENOUGH_METRES) end({ kind: 'idle' });
      };
      const fail = ({ code, PERMISSION_DENIED }: GeolocationPositionError): void => {
        const known = best.metres < Number.POSITIVE_INFINITY;
        end({ kind: known ? 'idle' : code === PERMISSION_DENIED ? 'refused' : 'not-found' });
      };
      watch.id = geolocation.watchPosition(take, fail, {
        enableHighAccuracy: true,
        maximumAge: 0,
        timeout: PATIENCE_MILLISECONDS,
      });
    },
  };
}

/** Metres; 0 when it was typed and so nobody knows. */
export function accuracyOf(geopointText: string): number {
  return Number(geopointText.split(' ')[3] ?? '0');
}

function geopoint({ latitude, longitude, altitude, accuracy }: GeolocationCoordinates): string {
  return [
    latitude.toFixed(DECIMALS),
    longitude.toFixed(DECIMALS),
    (altitude ?? 0).toFixed(1),
    accuracy.toFixed(1),
  ].join(' ');
}
