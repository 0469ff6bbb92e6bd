/** Moments as the protocol and the forms write them. */

const MINUTE_MS = 60_000;

/** `2026-11-20T10:00:00.000Z` */
export function utcText(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** `2026-11-20T16:00:00.000+06:00`: the same moment by the clock on the wall, `offset` minutes ahead of UTC. */
export function localText(milliseconds: number, offset: number): string {
  const wall = new Date(milliseconds + offset * MINUTE_MS).toISOString().slice(0, -1);
  const minutes = Math.abs(offset);
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
