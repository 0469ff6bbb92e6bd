/** The power goes in the middle of a write: its transaction is lost, and nothing is written any more until `repair`. */

export class PowerCut {
  readonly #put = IDBObjectStore.prototype.put;
  readonly #delete = IDBObjectStore.prototype.delete;
  readonly #lost: WeakSet<IDBTransaction> = new WeakSet();
  #left: number;

  /** After so many changes of records. */
  constructor(changes: number) {
    this.#left = changes;
    const cut = this;
    const [put, remove] = [this.#put, this.#delete];
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      const request = put.apply(this, given);
      cut.#count(this.transaction);
      return request;
    };
    IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...given: Parameters<typeof remove>) {
      const request = remove.apply(this, given);
      cut.#count(this.transaction);
      return request;
    };
  }

  get happened(): boolean {
    return this.#left < 0;
  }

  repair(): void {
    IDBObjectStore.prototype.put = this.#put;
    IDBObjectStore.prototype.delete = this.#delete;
  }

  /** A moment later, so that what is asked for in the same breath is asked for. */
  #count(transaction: IDBTransaction): void {
    this.#left -= 1;
    if (this.#left >= 0 || this.#lost.has(transaction)) return;
    this.#lost.add(transaction);
    queueMicrotask(() => transaction.abort());
  }
}
