/** The door to files.ts, which is fetched when it is first wanted: it cannot delay a first question. */

import { type Signal, signal } from '@preact/signals';
import type { Files, Surroundings } from './files.ts';

export class FileDoor {
  /** Names of pictures, sounds and videos on this phone, from when the door was first opened. */
  readonly mediaHere: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #around: Omit<Surroundings, 'here'>;
  #opening: Promise<Files> | undefined;

  constructor(around: Omit<Surroundings, 'here'>) {
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

  async #fetch(): Promise<Files> {
    const { openFiles } = await import('./files.ts');
    return openFiles({ ...this.#around, here: this.mediaHere });
  }
}
