/** The points of the part of the map that is seen: asked for when it has come to rest, the last question alone answered. */

import type { LatLngBounds, Map as LeafletMap } from 'leaflet';
import type { Answer } from './given.ts';

export interface Asking {
  /** Asks for what is seen now; a question before it is dropped. */
  ask(): void;
}

export function askWhenStill(
  map: LeafletMap,
  address: string,
  show: (answer: Answer) => void,
  fail: () => void,
): Asking {
  let running: AbortController | undefined;
  const ask = async (): Promise<void> => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const answer = await fetchPoints(address, map.getBounds(), map.getZoom(), mine.signal);
      if (!mine.signal.aborted) show(answer);
    } catch {
      if (!mine.signal.aborted) fail();
    }
  };
  return { ask: () => void ask() };
}

/** Asks for the points of a window. */
export async function fetchPoints(
  address: string,
  bounds: LatLngBounds,
  zoom: number,
  signal?: AbortSignal,
): Promise<Answer> {
  const asked = new URL(address, document.baseURI);
  const sides = {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
    zoom,
  };
  for (const [name, value] of Object.entries(sides)) asked.searchParams.set(name, String(value));
  const reply = await fetch(asked, { headers: { Accept: 'application/json' }, ...(signal && { signal }) });
  if (!reply.ok) throw new Error(`The points were answered with ${reply.status}.`);
  return (await reply.json()) as Answer;
}
