/** Kills database handles in the middle of a write, as WebKit does with tabs in the background. */

/** The next `writes` writes that have come to their second record lose their transaction and their handle. Undo it with what is given. */
export function killHandles({ writes }: { readonly writes: number }): () => void {
  const put = IDBObjectStore.prototype.put;
  const seen = new WeakMap<IDBTransaction, number>();
  let left = writes;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    const tx = this.transaction;
    seen.set(tx, (seen.get(tx) ?? 0) + 1);
    if (left > 0 && seen.get(tx) === 2) {
      left -= 1;
      tx.abort();
      tx.db.close();
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    }
    return put.apply(this, given);
  };
  return () => {
    IDBObjectStore.prototype.put = put;
  };
}
