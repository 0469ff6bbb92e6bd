/** A disk with so much room and no more: what is put beyond that fails as a full phone's does. */

import { BALLAST_BYTES } from '../ballast.ts';

export class FullDisk {
  #free: number;
  readonly #put = IDBObjectStore.prototype.put;
  readonly #delete = IDBObjectStore.prototype.delete;
  readonly #clear = IDBObjectStore.prototype.clear;

  /** Bytes, from now on, until `repair`. `media`: as many as there are of those, which come free when they are cleared. */
  constructor(free: number, { media = 0 } = {}) {
    this.#free = free;
    const disk = this;
    const [put, remove, clear] = [this.#put, this.#delete, this.#clear];
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      disk.#take(sizeOf(given[0]));
      return put.apply(this, given);
    };
    IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...given: Parameters<typeof remove>) {
      if (this.name === 'ballast') disk.#free += BALLAST_BYTES;
      return remove.apply(this, given);
    };
    IDBObjectStore.prototype.clear = function (this: IDBObjectStore) {
      if (this.name === 'media') disk.#free += media;
      return clear.apply(this);
    };
  }

  free(bytes: number): void {
    this.#free += bytes;
  }

  repair(): void {
    IDBObjectStore.prototype.put = this.#put;
    IDBObjectStore.prototype.delete = this.#delete;
    IDBObjectStore.prototype.clear = this.#clear;
  }

  #take(bytes: number): void {
    if (bytes > this.#free) throw new DOMException('No space is left.', 'QuotaExceededError');
    this.#free -= bytes;
  }
}

function sizeOf(value: unknown): number {
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (typeof value !== 'object' || value === null) return String(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + sizeOf(member), 0);
}
