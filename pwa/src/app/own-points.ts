/** Where the answers of this phone's own people are: the positions in them, for the map. */

import { readDraft } from '../store/drafts.ts';
import { readRevisionOf } from '../store/revisions.ts';
import type { LatLon } from './places.ts';
import type { Storage } from './storage.ts';

/** The newest: a map of more is a blot, and a slow phone reads so many in a moment. */
export const MOST_RESPONSES = 200;
/** A leaf that holds a position and nothing else: latitude, longitude, and what may follow. */
const POSITION = /"(-?\d{1,2}(?:\.\d+)?) (-?\d{1,3}(?:\.\d+)?) -?\d+(?:\.\d+)? \d+(?:\.\d+)?"/g;

export interface OwnPoint {
  readonly responseId: string;
  readonly at: LatLon;
}

/** `ids`: newest first. What cannot be read, or is not this person's to read, is left out. */
export async function ownPoints(ids: readonly string[], storage: Pick<Storage, 'read'>): Promise<readonly OwnPoint[]> {
  const found: OwnPoint[] = [];
  for (const responseId of ids.slice(0, MOST_RESPONSES)) {
    const texts = await storage.read(async (connection) => {
      const draft = await readDraft(connection, responseId);
      return draft === undefined ? (await readRevisionOf(connection, responseId))?.parts : [draft.answersJson];
    });
    const answers = texts.kind === 'done' ? (texts.value ?? []) : [];
    for (const at of answers.flatMap((text) => positionsIn(text ?? ''))) found.push({ responseId, at });
  }
  return found;
}

/** In the JSON of answers. */
export function positionsIn(answersJson: string): readonly LatLon[] {
  const found = [...answersJson.matchAll(POSITION)].map(([, lat, lon]): LatLon => [Number(lat), Number(lon)]);
  return found.filter(([lat, lon]) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180);
}
