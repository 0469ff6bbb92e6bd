/** The phone's storage as the rest of the app uses it: a job is done or it is not, and the trouble is on the screen. */

import { type Signal, signal } from '@preact/signals';
import type { DeviceStorage } from '../environment.ts';
import { Connection, type ConnectionNews } from '../store/connection.ts';
import { StorageFull, StorageMissing, StoreError } from '../store/errors.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { StorageTrouble } from './state.ts';

export type Attempt<Result> = { readonly kind: 'done'; readonly value: Result } | { readonly kind: 'failed' };

export class Storage {
  readonly trouble: Signal<StorageTrouble> = signal('none');
  readonly #device: DeviceStorage;
  readonly #connection: Connection;

  constructor(device: DeviceStorage, name?: string) {
    this.#device = device;
    this.#connection = new Connection({
      usable: device.usable,
      ...(name === undefined ? {} : { name }),
      onNews: (news) => this.#hear(news),
    });
  }

  /** Do it; when the phone cannot, say so on the screen and go on living. */
  async read<Result>(job: (connection: Connection) => Promise<Result>): Promise<Attempt<Result>> {
    try {
      return { kind: 'done', value: await job(this.#connection) };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.trouble.value = troubleOf(error);
      return { kind: 'failed' };
    }
  }

  /** As `read`; that a write worked also shows that an earlier trouble is over. */
  async write<Result>(job: (connection: Connection) => Promise<Result>): Promise<Attempt<Result>> {
    const attempt = await this.read(job);
    if (attempt.kind === 'done') this.#clear();
    return attempt;
  }

  /** Notice that the browser has emptied our storage: the mark beside it is there, the canary inside it is not. */
  async lookForWipe(): Promise<void> {
    const canary = await this.read((connection) => readSetting(connection, 'canary'));
    if (canary.kind === 'failed') return;
    if (canary.value !== undefined) this.#device.leaveMark();
    else if (this.#device.hasMark()) this.trouble.value = 'wiped';
  }

  /** From now on there is something here that could be lost. `since`: ISO 8601. */
  async startCanary(since: string): Promise<void> {
    const saved = await this.write((connection) => saveSetting(connection, 'canary', since));
    if (saved.kind === 'failed') return;
    this.#device.leaveMark();
    if (this.trouble.value === 'wiped') this.trouble.value = 'none';
  }

  /** Ask the browser, once, not to evict us. It may ask the person, so not before they have something to lose. */
  async askToPersist(): Promise<void> {
    const asked = await this.read((connection) => readSetting(connection, 'persist-asked'));
    if (asked.kind === 'failed' || asked.value === true) return;
    await this.#device.persist();
    await this.write((connection) => saveSetting(connection, 'persist-asked', true));
  }

  /** `wiped` stays until a person has read it: a later success does not bring anything back. */
  #clear(): void {
    if (this.trouble.value !== 'wiped') this.trouble.value = 'none';
  }

  #hear(news: ConnectionNews): void {
    if (news === 'blocked') this.trouble.value = 'other-tab';
    else if (this.trouble.value === 'other-tab') this.trouble.value = 'none';
  }
}

function troubleOf(error: StoreError): StorageTrouble {
  if (error instanceof StorageFull) return 'full';
  return error instanceof StorageMissing ? 'unavailable' : 'failing';
}
