/** The phone's storage as the rest of the app uses it: a job is done or it is not, and the trouble is on the screen. */

import { type Signal, signal } from '@preact/signals';
import type { DeviceStorage } from '../environment.ts';
import { dropBallast, dropMedia } from '../store/ballast.ts';
import { Connection, type ConnectionNews } from '../store/connection.ts';
import { StorageFull, StorageMissing, StoreError } from '../store/errors.ts';
import type { Seal } from '../store/seal.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import type { StorageTrouble } from './state.ts';

export type Attempt<Result> = { readonly kind: 'done'; readonly value: Result } | { readonly kind: 'failed' };

type Job<Result> = (connection: Connection) => Promise<Result>;

export class Storage {
  readonly trouble: Signal<StorageTrouble> = signal('none');
  /** With `wiped`: how many interviews were nowhere else; undefined when nobody knows. */
  readonly lost: Signal<number | undefined> = signal(undefined);
  readonly #device: DeviceStorage;
  readonly #connection: Connection;
  /** Only then there is something that could be lost. */
  #hasCanary = false;
  #unsent = 0;

  constructor(device: DeviceStorage, name?: string) {
    this.#device = device;
    this.#connection = new Connection({
      usable: device.usable,
      ...(name === undefined ? {} : { name }),
      onNews: (news) => this.#hear(news),
    });
  }

  get seal(): Seal | undefined {
    return this.#connection.seal;
  }

  /** From now on all goes through it; undefined: nobody has a PIN any more, and nothing lies sealed. */
  sealWith<Made extends Seal | undefined>(make: (connection: Connection) => Made): Made {
    const seal = make(this.#connection);
    this.#connection.seal = seal;
    return seal;
  }

  /** Do it; when the phone cannot, say so on the screen and go on living. */
  async read<Result>(job: Job<Result>): Promise<Attempt<Result>> {
    try {
      return { kind: 'done', value: await job(this.#connection) };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.trouble.value = troubleOf(error);
      return { kind: 'failed' };
    }
  }

  /** As `read`; that a write worked also shows that an earlier trouble is over. */
  async write<Result>(job: Job<Result>): Promise<Attempt<Result>> {
    const attempt = await this.read(job);
    if (attempt.kind === 'done') this.#clear();
    return attempt;
  }

  /** As `write`, for what a person has typed: on a full phone, bytes that are kept for that are let go, then forms' pictures and sounds. */
  async writeVital<Result>(job: Job<Result>): Promise<Attempt<Result>> {
    return this.write(async (connection) => {
      for (const giveWay of [dropBallast, dropMedia])
        try {
          return await job(connection);
        } catch (error) {
          if (!(error instanceof StorageFull)) throw error;
          await giveWay(connection);
        }
      return job(connection);
    });
  }

  /** Notice that the browser has emptied our storage: the mark beside it is there, the canary inside it is not. */
  async lookForWipe(): Promise<void> {
    const there = await this.#findCanary();
    const mark = this.#device.mark();
    this.#hasCanary = there === true;
    if (there === false && mark !== undefined) this.#sayWiped(mark.unsent);
  }

  /**
   * What would be lost is kept in the mark beside, so that it can be said when all else is gone. Fewer than before may mean that
   * it is gone already, under the eyes of an open page.
   */
  async noteUnsent(unsent: number): Promise<void> {
    const before = this.#unsent;
    this.#unsent = unsent;
    if (!this.#hasCanary) return;
    const isGone = unsent < before && (await this.#findCanary()) === false;
    if (isGone && this.#hasCanary) {
      this.#hasCanary = false;
      this.#sayWiped(before);
    }
    if (this.#hasCanary) this.#device.leaveMark({ unsent: this.#unsent });
  }

  /** From now on there is something here that could be lost. `since`: ISO 8601. */
  async startCanary(since: string): Promise<void> {
    const saved = await this.write((connection) => saveSetting(connection, 'canary', since));
    if (saved.kind === 'failed') return;
    this.#hasCanary = true;
    this.#device.leaveMark({ unsent: this.#unsent });
    if (this.trouble.value === 'wiped') this.trouble.value = 'none';
  }

  /** Ask the browser, once, not to evict us. It may ask the person, so not before they have something to lose. */
  async askToPersist(): Promise<void> {
    const asked = await this.read((connection) => readSetting(connection, 'persist-asked'));
    if (asked.kind === 'failed' || asked.value === true) return;
    await this.#device.persist();
    await this.write((connection) => saveSetting(connection, 'persist-asked', true));
  }

  /** Undefined: storage does not say. */
  async #findCanary(): Promise<boolean | undefined> {
    const canary = await this.read((connection) => readSetting(connection, 'canary'));
    return canary.kind === 'failed' ? undefined : canary.value !== undefined;
  }

  #sayWiped(unsent: number | undefined): void {
    this.lost.value = unsent;
    this.trouble.value = 'wiped';
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
