/** Whether this phone is locked. What that takes is fetched apart (lock.ts): a phone with one worker and no PIN does without. */

import { type Signal, signal } from '@preact/signals';
import { readSetting } from '../store/settings.ts';
import type { People } from './lock.ts';
import type { Surroundings } from './lock-around.ts';
import type { LockState } from './state.ts';

export class LockDoor {
  readonly state: Signal<LockState> = signal({ kind: 'open' });
  readonly #around: Omit<Surroundings, 'state'>;
  #opening: Promise<People> | undefined;

  constructor(around: Omit<Surroundings, 'state'>) {
    this.#around = around;
  }

  /** As another tab may have left it. Nothing is shown before it is known who may see it. */
  async load(): Promise<void> {
    const { storage } = this.#around;
    const kept = await storage.read((connection) => readSetting(connection, 'people'));
    // Where nothing can be kept there is no PIN either.
    const mayBe = kept.kind === 'failed' ? storage.trouble.value !== 'unavailable' : kept.value !== undefined;
    if (!mayBe || this.#opening !== undefined) return;
    this.state.value = { kind: 'locked' };
    await this.open();
  }

  /** Undefined when it cannot be had now. */
  async open(): Promise<People | undefined> {
    this.#opening ??= import('./lock.ts').then(({ openPeople }) => openPeople({ ...this.#around, state: this.state }));
    try {
      return await this.#opening;
    } catch {
      this.#opening = undefined;
      return undefined;
    }
  }
}
