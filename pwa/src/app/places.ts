/**
 * What is known around here: the neighbourhood's outline, its venues, the assets it has, whom to ring, and whether there is a map file.
 *
 * - A worker's phone asks for it, in a pause, when the app is opened or the network is back, and at most once an hour; a resident's never does.
 * - It is kept as the server said it, and read again when the app opens without a network.
 */

import type { Signal } from '@preact/signals';
import type { Environment, LongAnswer } from '../environment.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { countOf, type Fields, fieldsOf, listOf, parseJson, textOf } from '../sync/shape.ts';
import { type Credentials, readCredentials } from './enrolment.ts';
import type { Library } from './library.ts';
import { MapShelf, type Maps } from './map-shelf.ts';
import { type OwnPoint, ownPoints } from './own-points.ts';
import type { RoomWatch } from './room.ts';
import { savedProperties } from './saved-properties.ts';
import type { Storage } from './storage.ts';

export const ASK_AFTER_MS = 3_600_000;
const PATIENCE_MS = 30_000;
/** As much as a server says (server/assets). */
const MOST_BYTES = 2_097_152;

export interface KnownAsset {
  readonly id: string;
  readonly name: string;
  /** What else it is called, in any language. */
  readonly names: readonly string[];
  /** A code of the code book; '' when nobody has said. */
  readonly kind: string;
  readonly at: LatLon | undefined;
  /** Where it is, in somebody's words. */
  readonly words: string;
}

export type LatLon = readonly [lat: number, lon: number];

/** Rings of polygons, outer and inner alike: they are only drawn. */
export type Outline = readonly (readonly LatLon[])[];

export interface MapFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly name: string;
}

/** As the server said it. */
export interface Told {
  readonly neighbourhood: { readonly id: string; readonly name: string; readonly outline: Outline };
  readonly venues: readonly { readonly id: string; readonly name: string }[];
  readonly assets: readonly KnownAsset[];
  readonly map: MapFile | undefined;
  readonly contacts: readonly { readonly name: string; readonly text: string }[];
}

/** And what this phone can do with it. */
export interface Places extends Told {
  readonly maps: Maps;
  /** Which property of an entity each question saves, by its number; empty when that cannot be had now. `logic`: sha256. */
  savedAs(logic: string): Promise<ReadonlyMap<number, string>>;
  /** Positions in these responses, newest first. */
  ownPoints(responseIds: readonly string[]): Promise<readonly OwnPoint[]>;
}

interface Kept {
  /** Whose it is: another enrolment has other places. */
  readonly neighbourhood: string;
  readonly etag: string;
  /** By this phone's clock. */
  readonly askedAt: number;
  readonly text: string;
}

interface Surroundings {
  readonly environment: Pick<Environment, 'network' | 'clock'>;
  readonly storage: Pick<Storage, 'read' | 'write'>;
  readonly library: Pick<Library, 'readOrFetch'>;
  readonly room: Pick<RoomWatch, 'hasRoomFor'>;
  /** What the screens see. */
  readonly places: Signal<Places | undefined>;
}

export class PlacesDesk {
  readonly #around: Surroundings;
  readonly #maps: MapShelf;
  #kept: Kept | undefined;
  /** One at a time. */
  #looking: Promise<void> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#maps = new MapShelf({ ...around, token: async () => (await this.#credentials())?.token });
  }

  /** Show what is kept, and ask for what is new when it is time. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const credentials = await this.#credentials();
    if (credentials?.role !== 'worker') return;
    const { neighbourhood } = credentials;
    if (this.#kept?.neighbourhood !== neighbourhood.id) await this.#load(neighbourhood.id);
    if (this.#isTime()) await this.#ask(credentials);
  }

  async #credentials(): Promise<Credentials | undefined> {
    const read = await this.#around.storage.read((connection) => readSetting(connection, 'enrolment'));
    return read.kind === 'done' ? readCredentials(fieldsOf(read.value)) : undefined;
  }

  async #load(neighbourhood: string): Promise<void> {
    const read = await this.#around.storage.read((connection) => readSetting(connection, 'places'));
    const kept = read.kind === 'done' ? readKept(fieldsOf(read.value)) : undefined;
    const isOurs = kept?.neighbourhood === neighbourhood;
    this.#kept = isOurs ? kept : { neighbourhood, etag: '', askedAt: Number.NEGATIVE_INFINITY, text: '' };
    await this.#maps.load();
    this.#show(readPlaces(parseJson(this.#kept?.text ?? '')));
  }

  #show(told: Told | undefined): void {
    const { library, places, storage } = this.#around;
    const savedAs = async (logic: string) => savedProperties((await library.readOrFetch('logic', logic)) ?? '');
    if (told !== undefined) void this.#keepMaps(told);
    places.value = told && { ...told, maps: this.#maps, savedAs, ownPoints: (ids) => ownPoints(ids, storage) };
  }

  /** Where there is something to draw; on a line where bytes cost, only once a person has asked for a map. */
  async #keepMaps({ neighbourhood: { outline }, map }: Told): Promise<void> {
    const { network } = this.#around.environment;
    const isWorthIt =
      this.#maps.kept.value !== undefined || (network.dear?.() !== true && (map !== undefined || outline.length > 0));
    if (isWorthIt) (await network.long?.().catch(() => undefined))?.keepMaps();
  }

  /** Also when the clock was put back. */
  #isTime(): boolean {
    const since = this.#around.environment.clock.now() - (this.#kept?.askedAt ?? 0);
    return since >= ASK_AFTER_MS || since < 0;
  }

  async #ask({ token, neighbourhood }: Credentials): Promise<void> {
    const { network, clock } = this.#around.environment;
    const etag = this.#kept?.etag ?? '';
    const long = await network.long?.().catch(() => undefined);
    const asked = { path: '/places/v1', token, patience: PATIENCE_MS, ...(etag === '' ? {} : { etag }) };
    const answer = await long?.ask(asked);
    if (answer?.kind !== 'answer') return;
    const text = await textOfAnswer(answer);
    if (text === undefined) return;
    const told = answer.status === 200 ? readPlaces(parseJson(text)) : undefined;
    // It is as it was; or a server that knows nothing of this yet, or a Wi-Fi's sign-in page.
    if (told === undefined) return this.#keep({ ...this.#kept, askedAt: clock.now() });
    await this.#keep({ neighbourhood: neighbourhood.id, etag: answer.etag ?? '', askedAt: clock.now(), text });
    this.#show(told);
  }

  async #keep({ neighbourhood = '', etag = '', askedAt = 0, text = '' }: Partial<Kept>): Promise<void> {
    const kept = { neighbourhood, etag, askedAt, text };
    this.#kept = kept;
    await this.#around.storage.read((connection) => saveSetting(connection, 'places', kept));
  }
}

function readKept(fields: Fields): Kept | undefined {
  const [neighbourhood, etag] = [textOf(fields.get('neighbourhood')), textOf(fields.get('etag'))];
  const [askedAt, text] = [countOf(fields.get('askedAt')), textOf(fields.get('text'))];
  if (neighbourhood === undefined || etag === undefined || askedAt === undefined || text === undefined)
    return undefined;
  return { neighbourhood, etag, askedAt, text };
}

/** Undefined when it breaks off; '' when it is longer than it may be. */
async function textOfAnswer({ pieces }: Extract<LongAnswer, { kind: 'answer' }>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of pieces) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > MOST_BYTES) return '';
    }
    return text + decoder.decode();
  } catch {
    return undefined;
  }
}

/** Undefined when it is no such answer. What cannot be read of it is left out. */
export function readPlaces(value: unknown): Told | undefined {
  const fields = fieldsOf(value);
  const neighbourhood = fieldsOf(fields.get('neighbourhood'));
  const [id, name] = [textOf(neighbourhood.get('id')), textOf(neighbourhood.get('name'))];
  if (id === undefined || name === undefined) return undefined;
  return {
    neighbourhood: { id, name, outline: readOutline(neighbourhood.get('outline')) },
    venues: listOf(fields.get('venues'), readVenue),
    assets: listOf(fields.get('assets'), readAsset),
    map: readMap(fieldsOf(fields.get('map'))),
    contacts: listOf(fields.get('contacts'), readContact),
  };
}

function readVenue(value: unknown): Told['venues'][number] | undefined {
  const fields = fieldsOf(value);
  const [id, name] = [textOf(fields.get('id')), textOf(fields.get('name'))];
  return id === undefined || name === undefined ? undefined : { id, name };
}

function readContact(value: unknown): Told['contacts'][number] | undefined {
  const fields = fieldsOf(value);
  const [name, text] = [textOf(fields.get('name')), textOf(fields.get('text'))];
  return name === undefined || text === undefined ? undefined : { name, text };
}

function readAsset(value: unknown): KnownAsset | undefined {
  const fields = fieldsOf(value);
  const [id, name] = [textOf(fields.get('id')), textOf(fields.get('name'))];
  if (id === undefined || name === undefined) return undefined;
  return {
    id,
    name,
    names: listOf(fields.get('names'), textOf),
    kind: textOf(fields.get('kind')) ?? '',
    at: readPoint([fields.get('lon'), fields.get('lat')]),
    words: textOf(fields.get('words')) ?? '',
  };
}

function readMap(fields: Fields): MapFile | undefined {
  const [sha256, bytes] = [textOf(fields.get('sha256')), countOf(fields.get('bytes'))];
  if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256) || bytes === undefined) return undefined;
  return { sha256, bytes, name: textOf(fields.get('name')) ?? '' };
}

/** Of a GeoJSON geometry, feature or collection of features. */
export function readOutline(value: unknown): Outline {
  const fields = fieldsOf(value);
  switch (fields.get('type')) {
    case 'Feature':
      return readOutline(fields.get('geometry'));
    case 'FeatureCollection':
      return listOf(fields.get('features'), readOutline).flat();
    case 'Polygon':
      return listOf(fields.get('coordinates'), readRing);
    case 'MultiPolygon':
      return listOf(fields.get('coordinates'), (polygon) => listOf(polygon, readRing)).flat();
    default:
      return [];
  }
}

function readRing(value: unknown): readonly LatLon[] | undefined {
  const ring = listOf(value, readPoint);
  return ring.length > 2 ? ring : undefined;
}

/** GeoJSON has the longitude first. */
function readPoint(value: unknown): LatLon | undefined {
  if (!Array.isArray(value)) return undefined;
  const [lon, lat]: unknown[] = value;
  if (typeof lat !== 'number' || typeof lon !== 'number') return undefined;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lat, lon] : undefined;
}
