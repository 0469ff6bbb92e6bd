/** Fetches what draws maps, when a map is first wanted: it is larger than all the rest, and most phones never draw one. */

import { linkStyles } from '../later-styles.ts';

export type MapCanvas = typeof import('./canvas.ts');
export type MapTiles = typeof import('./tiles.ts');

/** Undefined when it cannot be had now; may be tried again. */
export async function loadCanvas(): Promise<MapCanvas | undefined> {
  try {
    const canvas = await import('./canvas.ts');
    if (document.querySelector(`link[href="${canvas.mapStyles}"]`) === null) await linkStyles(canvas.mapStyles);
    return canvas;
  } catch {
    return undefined;
  }
}

export async function loadTiles(): Promise<MapTiles | undefined> {
  return import('./tiles.ts').catch(() => undefined);
}
