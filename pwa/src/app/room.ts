/**
 * Room on the phone, looked at before it runs out: a warning while there is still time, photos turned away before text has to be,
 * and the ballast (store/ballast.ts) put back when there is room again. Some browsers always report the same room, so that nobody
 * is known by it: there the ballast that finds no place any more is the sign.
 */

import type { Signal } from '@preact/signals';
import type { Environment, Room } from '../environment.ts';
import { dropMedia } from '../store/ballast.ts';
import { takeBallast } from '../store/ballast-intake.ts';
import type { Connection } from '../store/connection.ts';
import { StorageFull } from '../store/errors.ts';
import { mediaBytes } from '../store/media.ts';
import type { RoomState } from './state.ts';
import type { Storage } from './storage.ts';

/** Scarce: less than 50 MB free, or more than 90 % used. */
export const SCARCE_BYTES = 50_000_000;
export const SCARCE_SHARE = 0.9;
/** What photos and files leave for text: thousands of interviews. */
export const KEPT_FOR_TEXT_BYTES = 10_000_000;
/** Pictures, videos and sounds of forms: with so many on this phone, more come only when they are asked for. */
export const MOST_MEDIA_BYTES = 40_000_000;

interface Surroundings {
  readonly environment: Pick<Environment, 'storage' | 'random'>;
  readonly storage: Storage;
  readonly state: Signal<RoomState>;
}

export class RoomWatch {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  async look(): Promise<void> {
    const { state } = this.#around;
    if (await this.#isAmple()) state.value = 'ample';
    else if (state.value === 'ample') state.value = 'scarce';
  }

  /** For what nobody has asked for: only where there is much, and so much of it and no more. */
  async hasRoomUnasked(): Promise<boolean> {
    const taken = await this.#around.storage.read(mediaBytes);
    return taken.kind === 'done' && taken.value < MOST_MEDIA_BYTES && (await this.#isAmple());
  }

  /** For what a person gives: pictures and sounds of forms make way, where that is enough. They can be fetched again. */
  async makeRoomFor(bytes: number): Promise<boolean> {
    if (await this.hasRoomFor(bytes)) return true;
    const { storage } = this.#around;
    const taken = await storage.read(mediaBytes);
    if (taken.kind === 'failed' || taken.value < bytes) return false;
    await storage.read(dropMedia);
    return this.hasRoomFor(bytes);
  }

  /** Where the browser does not tell, it is tried, as long as there is room for the ballast. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    const room = await this.#around.environment.storage.room();
    if (room !== undefined && room.free - bytes < KEPT_FOR_TEXT_BYTES) return false;
    return this.#takeBallast();
  }

  async #isAmple(): Promise<boolean> {
    return !isScarce(await this.#around.environment.storage.room()) && (await this.#takeBallast());
  }

  /** False when there is no room for it. Nothing that anybody typed is at stake, so it is not said as that. */
  async #takeBallast(): Promise<boolean> {
    const { environment, storage } = this.#around;
    const taken = await storage.read((connection) => triedBallast(connection, environment.random.bytes));
    return taken.kind === 'failed' || taken.value;
  }
}

async function triedBallast(connection: Connection, random: (count: number) => Uint8Array): Promise<boolean> {
  try {
    await takeBallast(connection, random);
    return true;
  } catch (error) {
    if (error instanceof StorageFull) return false;
    throw error;
  }
}

function isScarce(room: Room | undefined): boolean {
  if (room === undefined) return false;
  return room.free < SCARCE_BYTES || room.used > SCARCE_SHARE * (room.used + room.free);
}
