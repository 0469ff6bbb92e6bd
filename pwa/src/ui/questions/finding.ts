/**
 * Where this phone is: asks the browser again and again for up to 20 seconds, and takes the middle of what it says (geopoint.ts), until that is
 * good enough or a person says stop. What is known is told at once, and stays.
 */

import { type ReadonlySignal, signal } from '@preact/signals';
import { averaged, type Fix, geopointText } from './geopoint.ts';

export type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'insecure' } // no browser tells without https
  | { readonly kind: 'refused' } // by the person, or by the phone's settings
  | { readonly kind: 'no-signal' }
  | { readonly kind: 'too-slow' };

export interface Finder {
  readonly finding: ReadonlySignal<Finding>;
  /** `found` gets XForms text, "latitude longitude altitude accuracy", each time something better is known. */
  start(found: (geopoint: string) => void): void;
  stop(): void;
}

/** Few phones ever say less. */
const GOOD_ENOUGH_METRES = 5;
/** So many in agreement are good enough within a building's length. */
const GOOD_ENOUGH_FIXES = 5;
const FEW_METRES = 10;
const AVERAGING_MILLISECONDS = 20_000;
const PATIENCE_MILLISECONDS = 60_000;

/** Where the finder gets positions and time from. */
export interface Surroundings {
  readonly geolocation: Geolocation | undefined;
  readonly isSecure: boolean;
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

export function browserSurroundings(): Surroundings {
  return {
    geolocation: navigator.geolocation,
    isSecure: window.isSecureContext,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}

export function makeFinder({ geolocation, isSecure, after }: Surroundings): Finder {
  const finding = signal<Finding>({ kind: 'idle' });
  const round: { watch?: number; callOff?: () => void } = {};
  const end = (how: Finding): void => {
    if (round.watch !== undefined) geolocation?.clearWatch(round.watch);
    round.callOff?.();
    delete round.watch;
    delete round.callOff;
    finding.value = how;
  };
  const begin = (asked: Geolocation, found: (geopoint: string) => void): void => {
    const fixes: Fix[] = [];
    const take = ({ coords }: GeolocationPosition): void => {
      fixes.push(fixIn(coords));
      round.callOff ??= after(AVERAGING_MILLISECONDS, () => end({ kind: 'idle' }));
      const mean = averaged(fixes);
      if (mean !== undefined) found(geopointText(mean));
      if (mean !== undefined && isGoodEnough(mean, fixes.length)) end({ kind: 'idle' });
    };
    const fail = (error: GeolocationPositionError): void =>
      end(fixes.length > 0 ? { kind: 'idle' } : { kind: kindOf(error) });
    finding.value = { kind: 'looking' };
    const wish = { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MILLISECONDS };
    round.watch = asked.watchPosition(take, fail, wish);
  };
  return {
    finding,
    stop: () => end({ kind: 'idle' }),
    start(found) {
      end({ kind: 'idle' });
      if (geolocation === undefined || !isSecure) end({ kind: 'insecure' });
      else begin(geolocation, found);
    },
  };
}

function isGoodEnough({ accuracy }: Fix, count: number): boolean {
  return accuracy <= GOOD_ENOUGH_METRES || (count >= GOOD_ENOUGH_FIXES && accuracy <= FEW_METRES);
}

function kindOf({ code, PERMISSION_DENIED, TIMEOUT }: GeolocationPositionError): 'refused' | 'too-slow' | 'no-signal' {
  if (code === PERMISSION_DENIED) return 'refused';
  return code === TIMEOUT ? 'too-slow' : 'no-signal';
}

function fixIn({ latitude, longitude, altitude, accuracy }: GeolocationCoordinates): Fix {
  return { latitude, longitude, altitude: altitude ?? 0, accuracy };
}
