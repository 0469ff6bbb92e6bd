/** One sound that is begun, stopped and begun again. What comes too late for the press that wanted it is let go unheard. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

/**
 * `missing`: not on this phone, and cannot be had now. `press-again`: it has come, and Safari wants another press.
 * `unplayable`: this browser cannot play that kind.
 */
export type PlayState = 'still' | 'fetching' | 'playing' | 'missing' | 'press-again' | 'unplayable';

/** What can be heard: of a page, an audio element. */
export interface Audible {
  /** From its beginning. */
  play(): Promise<void>;
  pause(): void;
  letGo(): void;
}

export class OneSound {
  readonly #state: Signal<PlayState> = signal('still');
  readonly #open: () => Promise<Audible | undefined>;
  #audible: Audible | undefined;
  /** Counts what was wished of it. */
  #wish = 0;

  constructor(open: () => Promise<Audible | undefined>) {
    this.#open = open;
  }

  get state(): ReadonlySignal<PlayState> {
    return this.#state;
  }

  async begin(): Promise<void> {
    this.#wish += 1;
    const wish = this.#wish;
    this.#state.value = 'fetching';
    const opened = this.#audible ?? (await this.#open());
    if (wish !== this.#wish) {
      if (opened !== this.#audible) opened?.letGo();
      return;
    }
    this.#audible = opened;
    const heard = opened === undefined ? 'missing' : await played(opened);
    if (wish === this.#wish) this.#state.value = heard;
  }

  stop(): void {
    this.#wish += 1;
    this.#audible?.pause();
    this.#state.value = 'still';
  }

  /** It is left, for good. */
  letGo(): void {
    this.stop();
    this.#audible?.letGo();
    this.#audible = undefined;
  }
}

async function played(audible: Audible): Promise<PlayState> {
  try {
    await audible.play();
    return 'playing';
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') return 'press-again';
    return name === 'AbortError' ? 'still' : 'unplayable';
  }
}
