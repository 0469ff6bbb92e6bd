/**
 * The neighbourhood's map file on this phone: brought here whole when a person asks for it, in pieces that outlive an interruption; read piece by
 * piece, so that it is never in memory as a whole.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment, LongAnswer } from '../environment.ts';
import {
  countMapPieces,
  dropMapPieces,
  type KeptMap,
  keepMap,
  readKeptMap,
  readMapPiece,
  removeMaps,
  saveMapPiece,
} from '../store/maps.ts';
import { absorb, begun, hexOf, padded } from '../sync/sha256.ts';
import type { MapFile } from './places.ts';
import type { RoomWatch } from './room.ts';
import type { Attempt, Storage } from './storage.ts';

/** Of blocks of SHA-256, so that each piece can be taken in by itself. */
export const PIECE_BYTES = 1_048_576;
const PATIENCE_MS = 60_000;
/** The pieces read last: tiles that are drawn together lie together. */
const PIECES_IN_MEMORY = 3;

/** `stopped`: what has arrived stays, and it goes on from there. */
export type MapState =
  | { readonly kind: 'none' }
  | { readonly kind: 'fetching'; readonly arrived: number; readonly whole: number }
  | { readonly kind: 'stopped'; readonly arrived: number; readonly whole: number; readonly why: MapTrouble }
  | { readonly kind: 'kept'; readonly map: KeptMap };

export type MapTrouble = 'asked' | 'lost' | 'full' | 'damaged' | 'gone' | 'storage';

/** What the screens see. */
export interface Maps {
  readonly state: ReadonlySignal<MapState>;
  /** The one that can be drawn, also while a newer one is on its way. */
  readonly kept: ReadonlySignal<KeptMap | undefined>;
  fetch(file: MapFile): Promise<void>;
  stop(): void;
  remove(): Promise<void>;
  /** Bytes of the one that is kept; rejects when they are not here. */
  read(offset: number, length: number): Promise<ArrayBuffer>;
}

interface Surroundings {
  readonly environment: Pick<Environment, 'network'>;
  readonly storage: Pick<Storage, 'read' | 'write'>;
  readonly room: Pick<RoomWatch, 'hasRoomFor'>;
  readonly token: () => Promise<string | undefined>;
}

export class MapShelf implements Maps {
  readonly kept: Signal<KeptMap | undefined> = signal(undefined);
  readonly state: Signal<MapState> = signal({ kind: 'none' });
  readonly #around: Surroundings;
  readonly #pieces = new Map<number, ArrayBuffer>();
  #isWanted = false;
  #fetching: Promise<void> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  async load(): Promise<void> {
    const read = await this.#around.storage.read(readKeptMap);
    if (read.kind === 'done') this.#show(read.value);
  }

  /** Go on from what has arrived before. Who asks while it is on its way waits for the same. */
  fetch(file: MapFile): Promise<void> {
    this.#isWanted = true;
    this.#fetching ??= this.#fetch(file).finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  stop(): void {
    this.#isWanted = false;
  }

  async remove(): Promise<void> {
    this.stop();
    await this.#fetching;
    const removed = await this.#around.storage.write(removeMaps);
    if (removed.kind === 'done') this.#show(undefined);
  }

  async read(offset: number, length: number): Promise<ArrayBuffer> {
    const map = this.kept.peek();
    if (map === undefined) throw new RangeError('No map is kept on this phone.');
    const read = new Uint8Array(Math.max(0, Math.min(length, map.bytes - offset)));
    for (let at = 0; at < read.length; ) {
      const [place, from] = [Math.floor((offset + at) / PIECE_BYTES), (offset + at) % PIECE_BYTES];
      const part = new Uint8Array(await this.#piece(map.sha256, place)).subarray(from, from + read.length - at);
      if (part.length === 0) throw new RangeError(`Piece ${place} of the map is too short.`);
      read.set(part, at);
      at += part.length;
    }
    return read.buffer;
  }

  #show(map: KeptMap | undefined): void {
    this.#pieces.clear();
    this.kept.value = map;
    this.state.value = map === undefined ? { kind: 'none' } : { kind: 'kept', map };
  }

  async #piece(sha256: string, place: number): Promise<ArrayBuffer> {
    const there = this.#pieces.get(place);
    if (there !== undefined) return there;
    const read = await this.#around.storage.read((connection) => readMapPiece(connection, { sha256, place }));
    if (read.kind === 'failed' || read.value === undefined)
      throw new RangeError(`Piece ${place} of the map is not here.`);
    for (const [oldest] of this.#pieces) if (this.#pieces.size >= PIECES_IN_MEMORY) this.#pieces.delete(oldest);
    this.#pieces.set(place, read.value);
    return read.value;
  }

  async #fetch(file: MapFile): Promise<void> {
    const { room, storage } = this.#around;
    const here = await storage.read((connection) => countMapPieces(connection, file.sha256));
    const arrived = here.kind === 'done' ? Math.min(here.value * PIECE_BYTES, file.bytes) : 0;
    const stopped = (why: MapTrouble): void => this.#stopped(file, why);
    this.state.value = { kind: 'fetching', arrived, whole: file.bytes };
    if (!(await room.hasRoomFor(file.bytes - arrived))) return stopped('full');
    const outcome = arrived < file.bytes ? await this.#bring(file, arrived) : 'whole';
    if (outcome !== 'whole') return stopped(outcome);
    await this.#finish(file);
  }

  /** Ask for the rest, and write each piece down as it becomes whole. */
  async #bring(file: MapFile, arrived: number): Promise<'whole' | MapTrouble> {
    const { environment, token } = this.#around;
    const long = await environment.network.long?.().catch(() => undefined);
    long?.keepMaps();
    const bearer = await token();
    const path = `/places/v1/maps/${file.sha256}`;
    const asked = { path, from: arrived, patience: PATIENCE_MS, ...(bearer === undefined ? {} : { token: bearer }) };
    const answer = await long?.ask(asked);
    if (answer?.kind !== 'answer') return 'lost';
    if (answer.status !== 200 && answer.status !== 206) return answer.status === 404 ? 'gone' : 'lost';
    // A server that begins anew is followed.
    return this.#take(file, answer, answer.status === 206 ? arrived : 0);
  }

  async #take(
    file: MapFile,
    { pieces }: Extract<LongAnswer, { kind: 'answer' }>,
    from: number,
  ): Promise<'whole' | MapTrouble> {
    let [arrived, filled, piece] = [from, 0, new Uint8Array(Math.min(PIECE_BYTES, file.bytes - from))];
    try {
      for await (const bytes of pieces) {
        for (let at = 0; at < bytes.length; ) {
          const part = bytes.subarray(at, at + piece.length - filled);
          if (part.length === 0) return 'damaged'; // Longer than it should be.
          piece.set(part, filled);
          [at, filled] = [at + part.length, filled + part.length];
          if (filled < piece.length) continue;
          const kept = await this.#keepPiece(file, arrived, piece.buffer);
          if (kept !== 'kept') return kept;
          arrived += filled;
          [filled, piece] = [0, new Uint8Array(Math.min(PIECE_BYTES, file.bytes - arrived))];
        }
        this.state.value = { kind: 'fetching', arrived: arrived + filled, whole: file.bytes };
        if (!this.#isWanted) return 'asked';
      }
    } catch {
      return 'lost';
    }
    return arrived === file.bytes ? 'whole' : 'lost';
  }

  async #keepPiece({ sha256 }: MapFile, from: number, content: ArrayBuffer): Promise<'kept' | MapTrouble> {
    const place = from / PIECE_BYTES;
    const { storage, room } = this.#around;
    const saved: Attempt<void> = await storage.read((connection) =>
      saveMapPiece(connection, { sha256, place, content }),
    );
    if (saved.kind === 'failed') return 'storage';
    return (await room.hasRoomFor(PIECE_BYTES)) ? 'kept' : 'full';
  }

  /** Only what has the right name becomes the one that is kept. */
  async #finish(file: MapFile): Promise<void> {
    const { storage } = this.#around;
    const name = await this.#digest(file);
    if (name !== file.sha256) {
      await storage.read((connection) => dropMapPieces(connection, file.sha256));
      return this.#stopped(file, name === undefined ? 'storage' : 'damaged', 0);
    }
    const { sha256, bytes } = file;
    const kept = await storage.write((connection) => keepMap(connection, { sha256, bytes, name: file.name }));
    if (kept.kind === 'failed') return this.#stopped(file, 'storage');
    this.#show({ sha256, bytes, name: file.name });
  }

  /** Piece by piece; undefined when one of them cannot be read. */
  async #digest({ sha256, bytes }: MapFile): Promise<string | undefined> {
    const state = begun();
    const count = Math.ceil(bytes / PIECE_BYTES);
    for (let place = 0; place < count; place += 1) {
      const read = await this.#around.storage.read((connection) => readMapPiece(connection, { sha256, place }));
      if (read.kind === 'failed' || read.value === undefined) return undefined;
      const piece = new Uint8Array(read.value);
      const isLast = place === count - 1;
      absorb(state, isLast ? padded(piece, bytes) : piece);
    }
    return hexOf(state);
  }

  #stopped({ bytes: whole }: MapFile, why: MapTrouble, so?: number): void {
    const state = this.state.peek();
    const arrived = so ?? (state.kind === 'fetching' ? state.arrived : 0);
    this.state.value = { kind: 'stopped', arrived, whole, why };
  }
}
