/** Draws a neighbourhood's map file. A script of its own: only a page with such a file fetches it. */

import { PMTiles } from 'pmtiles';
import { leafletLayer } from 'protomaps-leaflet';

const SOURCE = '© OpenStreetMap contributors';
/** Of the words that a file says of its origin. */
const LONGEST_SOURCE = 200;

window.fieldwellTiles = {
  layer: (address, dark) => leafletLayer({ url: fileAt(address), flavor: dark ? 'dark' : 'light', attribution: '' }),
  attribution: async (address) => {
    try {
      const told = (await fileAt(address).getMetadata()) as {
        attribution?: unknown;
      };
      return typeof told.attribution === 'string' && told.attribution !== '' ? withoutMarks(told.attribution) : SOURCE;
    } catch {
      return SOURCE;
    }
  },
};

/** The file itself: by its address alone, the library would know it only by the end of its name. */
function fileAt(address: string): PMTiles {
  return new PMTiles(new URL(address, document.baseURI).href);
}

/** What a file says is words, never a part of the page. */
function withoutMarks(text: string): string {
  const words = new DOMParser().parseFromString(text, 'text/html').body.textContent ?? '';
  const shown = document.createElement('span');
  shown.textContent = words.slice(0, LONGEST_SOURCE);
  return shown.innerHTML;
}
