/**
 * Leaving nothing of a person's answers to be seen: on a phone that goes to another hand, and for answers that were not meant to stay.
 *
 * - What ended stays ended (store/ended.ts), in every tab.
 * - Pages of the server with answers on them lie in the browser's own store: only the server's word makes it drop them, so it is asked,
 *   and asked again until it answers.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { clearAnswers, type WhatToClear } from '../store/clearing.ts';
import { removeDraft } from '../store/drafts.ts';
import { noteEnded, readEnded, unmarkEnded } from '../store/ended.ts';
import { readRevisionOf } from '../store/revisions.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { InterviewDesk } from './desk.ts';
import { discard } from './discarding.ts';
import type { ResponseList } from './responses.ts';
import type { Storage } from './storage.ts';

const TIMEOUT_MS = 8_000;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly responses: ResponseList;
  readonly desk: InterviewDesk;
}

export class Forgetting {
  readonly #pagesLeft: Signal<boolean> = signal(false);
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The browser may still have pages with answers on them: the server could not be asked yet. */
  get pagesLeft(): ReadonlySignal<boolean> {
    return this.#pagesLeft;
  }

  /** Finished, cleared or deleted on this phone: a page that still goes on with it has had its day. */
  async isEnded(id: string): Promise<boolean> {
    const read = await this.#around.storage.read(
      async (connection) =>
        (await readEnded(connection)).includes(id) || (await readRevisionOf(connection, id)) !== undefined,
    );
    return read.kind === 'done' && read.value;
  }

  /** No screen of this phone shows any more what people answered. False: this could not be done. */
  async clear(what: WhatToClear = 'all'): Promise<boolean> {
    const { desk, storage, responses } = this.#around;
    if (what === 'all' || desk.open.value?.draft.visit !== undefined) await desk.close();
    const cleared = await storage.write((connection) => clearAnswers(connection, what));
    await responses.load();
    void this.dropPages();
    return cleared.kind === 'done';
  }

  /** One that is not finished. It comes back only by `undo`, if what it was could be read. */
  async remove(id: string): Promise<{ readonly undo: () => Promise<void> }> {
    const { storage } = this.#around;
    // First, so that no other tab writes it again.
    await storage.write((connection) => noteEnded(connection, [id]));
    const discarded = await discard(id, this.#around);
    // Whoever said no is taken at their word, also where nothing can be brought back.
    if (discarded === undefined) await storage.write((connection) => removeDraft(connection, id));
    void this.dropPages();
    return {
      undo: async () => {
        await storage.write((connection) => unmarkEnded(connection, id));
        await discarded?.undo();
      },
    };
  }

  async dropPages(): Promise<void> {
    const { environment, storage } = this.#around;
    await storage.write((connection) => saveSetting(connection, 'pages-left', true));
    const answer = await environment.network.send({ method: 'POST', path: '/v/forget', timeout: TIMEOUT_MS });
    const isDone = answer.kind === 'answer' && answer.status === 204;
    if (isDone) await storage.write((connection) => saveSetting(connection, 'pages-left', false));
    this.#pagesLeft.value = !isDone;
  }

  /** Once more, when it could not be done before. */
  async dropPagesLeft(): Promise<void> {
    const left = await this.#around.storage.read((connection) => readSetting(connection, 'pages-left'));
    if (left.kind === 'done' && left.value === true) await this.dropPages();
  }
}
