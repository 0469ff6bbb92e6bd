/** The door to files.ts, which is fetched when it is first wanted: it cannot delay a first question. */

import { type Signal, signal } from '@preact/signals';
import type { Files, Surroundings } from './files.ts';
import type { Places } from './places.ts';
import type { RoomState } from './state.ts';

type Given = Omit<Surroundings, 'here' | 'roomState' | 'places'>;

export class FileDoor {
  /** Names of pictures, sounds and videos on this phone, from when the door was first opened. */
  readonly mediaHere: Signal<ReadonlySet<string>> = signal(new Set());
  readonly room: Signal<RoomState> = signal('ample');
  readonly places: Signal<Places | undefined> = signal(undefined);
  readonly #around: Given;
  #opening: Promise<Files> | undefined;

  constructor(around: Given) {
    this.#around = around;
  }

  /** Undefined when it cannot be fetched now; the next call tries again. */
  async open(): Promise<Files | undefined> {
    this.#opening ??= this.#fetch();
    try {
      return await this.#opening;
    } catch {
      this.#opening = undefined;
      return undefined;
    }
  }

  /** Whether there is room, and what is new around here. */
  async look(): Promise<void> {
    await (await this.open())?.look();
  }

  async #fetch(): Promise<Files> {
    const { openFiles } = await import('./files.ts');
    return openFiles({ ...this.#around, here: this.mediaHere, roomState: this.room, places: this.places });
  }
}
