/** The streets and places of a kept map file, drawn for the map (canvas.ts). The library looks for the global `L`, which Leaflet leaves when it is imported. */

import L from 'leaflet';
import { PMTiles, type Source } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';
import type { Maps } from '../../app/index.ts';

/** Undefined when what is kept cannot be read as a map. */
export async function keptLayer(
  maps: Maps,
  { lang, dark }: { readonly lang: string; readonly dark: boolean },
): Promise<L.Layer | undefined> {
  const kept = maps.kept.peek();
  if (kept === undefined) return undefined;
  const source: Source = {
    getKey: () => kept.sha256,
    getBytes: async (offset, length) => ({ data: await maps.read(offset, length) }),
  };
  const file = new PMTiles(source);
  try {
    const { maxZoom } = await file.getHeader();
    const layer: unknown = leafletLayer({ url: file, flavor: dark ? 'dark' : 'light', lang, maxDataZoom: maxZoom });
    return layer instanceof L.Layer ? layer : undefined;
  } catch {
    return undefined;
  }
}
