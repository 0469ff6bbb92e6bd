/** In which colours and how large the app is drawn: chosen by a person, kept on this phone, told to the document. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { Page } from '../environment.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { Storage } from './storage.ts';

/** `system`: as the phone has it. */
export const COLOURS = ['system', 'light', 'dark', 'contrast'] as const;

export interface Looks {
  readonly colours: (typeof COLOURS)[number];
  /** For sun and gloves. */
  readonly large: boolean;
}

export class LooksDesk {
  readonly #looks = signal<Looks>({ colours: 'system', large: false });
  readonly #storage: Storage;
  readonly #page: Page;

  constructor(storage: Storage, page: Page) {
    this.#storage = storage;
    this.#page = page;
  }

  get looks(): ReadonlySignal<Looks> {
    return this.#looks;
  }

  async load(): Promise<void> {
    const kept = await this.#storage.read((connection) => readSetting(connection, 'looks'));
    if (kept.kind === 'done' && typeof kept.value === 'string') this.#show(looksIn(kept.value));
  }

  async choose(looks: Looks): Promise<void> {
    this.#show(looks);
    const kept = `${looks.colours} ${looks.large ? 'large' : ''}`;
    await this.#storage.write((connection) => saveSetting(connection, 'looks', kept));
  }

  #show(looks: Looks): void {
    this.#looks.value = looks;
    this.#page.showLooks(looks.colours, looks.large);
  }
}

/** What a later version kept, and this one does not know, is left out. */
function looksIn(kept: string): Looks {
  const words = kept.split(' ');
  return { colours: COLOURS.find((colours) => colours === words[0]) ?? 'system', large: words[1] === 'large' };
}
