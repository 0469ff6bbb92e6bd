/** Positions as XForms text, "latitude longitude altitude accuracy", and what can be reckoned with them. Pure. */

/** Degrees; metres. An accuracy of 0: nobody knows how exact it is. */
export interface Fix {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude: number;
  readonly accuracy: number;
}

/** Degrees with 6 decimals tell places about 10 cm apart. */
const DECIMALS = 6;
const METRES_PER_DEGREE = 111_320;
/** Of the squares that a rough position is rounded to. */
const SQUARE_METRES = 500;
/** From the middle of a square to its corner: no place in it is further away. */
export const ROUGH_ACCURACY_METRES = 354;

export function geopointText({ latitude, longitude, altitude, accuracy }: Fix): string {
  return [
    latitude.toFixed(DECIMALS),
    longitude.toFixed(DECIMALS),
    altitude === 0 ? '0' : altitude.toFixed(1),
    accuracy === 0 ? '0' : accuracy.toFixed(1),
  ].join(' ');
}

/** Undefined when it is not on the globe. */
export function fixOf(geopoint: string): Fix | undefined {
  const numbers = geopoint.trim().split(/\s+/);
  if (numbers.length < 2 || numbers.length > 4 || !numbers.every((number) => /^-?\d+(\.\d+)?$/.test(number)))
    return undefined;
  const [latitude = 91, longitude = 181, altitude = 0, accuracy = 0] = numbers.map(Number);
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude, altitude, accuracy };
}

/** In metres, on a flat earth: right to a few in a thousand within a town. */
export function metresBetween(
  one: Pick<Fix, 'latitude' | 'longitude'>,
  other: Pick<Fix, 'latitude' | 'longitude'>,
): number {
  const north = (other.latitude - one.latitude) * METRES_PER_DEGREE;
  const east = (other.longitude - one.longitude) * METRES_PER_DEGREE * Math.cos(radians(one.latitude));
  return Math.hypot(north, east);
}

/** So many metres to the north and to the east. */
export function moved(fix: Fix, { north = 0, east = 0 }: { readonly north?: number; readonly east?: number }): Fix {
  const latitude = clamp(fix.latitude + north / METRES_PER_DEGREE, 89);
  const longitude = fix.longitude + east / (METRES_PER_DEGREE * Math.cos(radians(latitude)));
  return { ...fix, latitude, longitude: clamp(longitude, 180) };
}

/** What is rounded to a square leaves it only by a step as long as the square is. */
export function leastStep(fix: Fix): number {
  return isRoughly(fix) ? SQUARE_METRES : 0;
}

/** It says only which square it is in. */
export function isRoughly(fix: Fix): boolean {
  return fix.accuracy >= ROUGH_ACCURACY_METRES && geopointText(roughly(fix)) === geopointText(fix);
}

/**
 * The middle of several, each weighing as much as it is exact (one over the square of its accuracy).
 *
 * Fixes that lie further from the most exact one than both circles reach contradict it, and are left out. The accuracy is that of the most exact
 * one: errors of fixes that follow one another are alike, so that their mean is steadier, but is not known to be better.
 */
export function averaged(fixes: readonly Fix[]): Fix | undefined {
  const [best] = [...fixes].sort((one, other) => one.accuracy - other.accuracy);
  if (best === undefined) return undefined;
  const agreeing = fixes.filter((fix) => metresBetween(best, fix) <= best.accuracy + fix.accuracy);
  const weighed = agreeing.map((fix) => ({ fix, weight: 1 / Math.max(1, fix.accuracy) ** 2 }));
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (of: (fix: Fix) => number): number =>
    weighed.reduce((sum, { fix, weight }) => sum + of(fix) * weight, 0) / whole;
  return {
    latitude: mean(({ latitude }) => latitude),
    // The best one is the origin, so that a mean across the date line stays where it is.
    longitude: best.longitude + mean(({ longitude }) => longitude - best.longitude),
    altitude: mean(({ altitude }) => altitude),
    accuracy: best.accuracy,
  };
}

/**
 * Only roughly: the middle of the square of about 500 m that it lies in. All places in a square become the same one, and doing it twice is
 * doing it once.
 */
export function roughly(fix: Fix): Fix {
  const step = SQUARE_METRES / METRES_PER_DEGREE;
  const latitude = middle(fix.latitude, step);
  const longitude = middle(fix.longitude, step / Math.cos(radians(latitude)));
  const accuracy = Math.max(ROUGH_ACCURACY_METRES, fix.accuracy);
  return { latitude: clamp(latitude, 90), longitude: clamp(longitude, 180), altitude: 0, accuracy };
}

/** Metres; 0 when it was typed and so nobody knows. */
export function accuracyOf(geopoint: string): number {
  return Number(geopoint.split(' ')[3] ?? '0');
}

function middle(degrees: number, step: number): number {
  return (Math.floor(degrees / step) + 0.5) * step;
}

function clamp(degrees: number, most: number): number {
  return Math.min(most, Math.max(-most, degrees));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
