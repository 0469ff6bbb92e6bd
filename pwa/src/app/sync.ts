/**
 * The door to sync. The code that talks to the server is fetched when there is first something to say: it is not needed
 * for a first question, and what is not fetched cannot delay it.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { EMPTIED, readSetting, saveSetting } from '../store/settings.ts';
import type { WakeReason } from '../sync/session-types.ts';
import { textOf } from '../sync/shape.ts';
import type { InterviewDesk } from './desk.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { FormShelf } from './forms.ts';
import type { Materials } from './materials.ts';
import type { ResponseList } from './responses.ts';
import type { FileProgress, SignOff, SyncReport, SyncStatus } from './state.ts';
import type { Storage } from './storage.ts';
import type { SyncDriver } from './sync-driver.ts';

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly responses: ResponseList;
  readonly materials: Materials;
  readonly desk: InterviewDesk;
  readonly version: string;
}

export class SyncDoor {
  readonly report: ReadonlySignal<SyncReport>;
  readonly signOff: Signal<SignOff> = signal('no');
  readonly #status: Signal<SyncStatus> = signal({ kind: 'idle' });
  readonly #lastSuccess: Signal<string | undefined> = signal(undefined);
  readonly #file: Signal<FileProgress | undefined> = signal(undefined);
  readonly #around: Surroundings;
  #driver: Promise<SyncDriver> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.report = computed(() => {
      const lastSuccess = this.#lastSuccess.value;
      const waiting = around.responses.waiting.value;
      const file = this.#file.value;
      const known = { ...(lastSuccess === undefined ? {} : { lastSuccess }), ...(file === undefined ? {} : { file }) };
      return { status: this.#status.value, waiting, ...known };
    });
  }

  async load(): Promise<void> {
    const { storage } = this.#around;
    const read = await storage.read((connection) => readSetting(connection, 'last-success'));
    if (read.kind === 'done') this.#lastSuccess.value = textOf(read.value);
    const mark = await storage.read((connection) => readSetting(connection, 'signed-off'));
    if (mark.kind === 'done' && mark.value === EMPTIED) this.signOff.value = 'done';
  }

  /** Try now. Resolves when this attempt has ended, well or not. */
  async wake(reason: WakeReason): Promise<void> {
    if (this.#around.enrolment.credentials === undefined) return;
    const driver = await this.#driverOrNothing();
    await driver?.wake(reason);
  }

  /** After an enrolment: at once when answers wait, else in the first pause, because the forms came with it. */
  wakeAfterEnrolment(): void {
    if (this.#around.responses.waiting.value > 0) void this.wake('button');
    else this.#around.environment.page.whenQuiet(() => void this.wake('open'));
  }

  /** When its code cannot be fetched now, the next wake tries again. */
  async #driverOrNothing(): Promise<SyncDriver | undefined> {
    this.#driver ??= this.#fetchDriver();
    try {
      return await this.#driver;
    } catch {
      this.#driver = undefined;
      this.#status.value = { kind: 'problem', why: 'no-connection' };
      return undefined;
    }
  }

  async #fetchDriver(): Promise<SyncDriver> {
    const { SyncDriver: Driver } = await import('./sync-driver.ts');
    return new Driver({
      ...this.#around,
      onStatus: (status) => {
        this.#status.value = status;
      },
      onFile: (progress) => {
        this.#file.value = progress;
      },
      onSignOff: (state) => {
        this.signOff.value = state;
      },
      onSuccess: (at) => this.#noteSuccess(at),
    });
  }

  async #noteSuccess(at: string): Promise<void> {
    this.#lastSuccess.value = at;
    await this.#around.storage.write((connection) => saveSetting(connection, 'last-success', at));
  }
}
