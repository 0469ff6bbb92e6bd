/** What the page of the map gives the island: where its points are, what lies under them, and the words of the page. */

export interface Given {
  readonly points: string;
  readonly outlines: readonly GeoJSON.Feature[];
  readonly files: readonly { readonly address: string; readonly name: string }[];
  readonly words: Words;
}

export interface Words {
  readonly map: string;
  readonly nearer: string;
  readonly farther: string;
  readonly here: string;
  readonly nothing: string;
  readonly failed: string;
  readonly open: string;
  readonly mention: string;
}

/** One thing of the map with its page. */
export interface Member {
  readonly name: string;
  readonly what: 'asset' | 'mention';
  readonly kind: { readonly text: string; readonly lang: string } | null;
  readonly address: string;
}

/**
 * What stands at one place: several things, or one with its page. `within`: metres that it may be out by.
 * `members`: from near by, all that stand there.
 */
export interface Cluster extends Partial<Member> {
  readonly lat: number;
  readonly lon: number;
  readonly points: number;
  readonly label: string;
  readonly name: string;
  readonly within?: number;
  readonly members?: readonly Member[];
}

export interface Answer {
  readonly points: number;
  readonly clusters: readonly Cluster[];
}

/** What the file of map tiles, where there is one, lends to the map (map-tiles.ts). */
export interface Tiles {
  readonly layer: (address: string, dark: boolean) => unknown;
  readonly attribution: (address: string) => Promise<string>;
}

declare global {
  interface Window {
    fieldwellTiles?: Tiles;
    L?: unknown;
  }
}

/** Reads what the page gives; undefined where the page holds no map. */
export function readGiven(page: Document): Given | undefined {
  const text = page.getElementById('map-given')?.textContent;
  return text ? (JSON.parse(text) as Given) : undefined;
}
