/**
 * Who may do what one tab only may do. Each call is one transaction: two tabs cannot both be given it.
 * When a lease has gone stale is decided in app/lease.ts.
 */

import type { Connection } from './connection.ts';
import type { StoredLease } from './schema.ts';

/**
 * Take it when it is free, ours, or exactly the stale one. Gives the lease that is there after this call: ours, or another's.
 */
export async function takeLease(
  connection: Connection,
  wanted: StoredLease,
  stale: StoredLease | undefined,
): Promise<StoredLease> {
  return connection.write(['leases'], async (tx) => {
    const there = await tx.objectStore('leases').get(wanted.name);
    if (there !== undefined && there.holder !== wanted.holder && !isSameLease(there, stale)) return there;
    await tx.objectStore('leases').put(wanted);
    return wanted;
  });
}

/** Not renewed since, and not given up and taken again. */
export function isSameLease(one: StoredLease | undefined, other: StoredLease | undefined): boolean {
  return one?.holder === other?.holder && one?.beat === other?.beat && one?.until === other?.until;
}

export async function releaseLease(
  connection: Connection,
  { name, holder }: Pick<StoredLease, 'name' | 'holder'>,
): Promise<void> {
  await connection.write(['leases'], async (tx) => {
    if ((await tx.objectStore('leases').get(name))?.holder === holder) await tx.objectStore('leases').delete(name);
  });
}
