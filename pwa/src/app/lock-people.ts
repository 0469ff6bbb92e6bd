/** Who works with this phone, as the lock counts them. */

import type { StoredWorker } from '../store/schema-keys.ts';
import { uuid7 } from '../sync/ids.ts';
import type { Surroundings } from './lock-around.ts';
import type { LockState } from './state.ts';

/** Whoever had this phone alone becomes the first of several. */
export function withFirst(
  list: readonly StoredWorker[],
  around: Pick<Surroundings, 'enrolment' | 'environment'>,
): readonly StoredWorker[] {
  if (list.length > 0) return list;
  return [{ id: newWorkerId(around), name: around.enrolment.credentials?.name ?? '', first: true }];
}

export function newWorkerId({ environment: { clock, random } }: Pick<Surroundings, 'environment'>): string {
  return uuid7(clock.now(), random.bytes(16));
}

export function lockedFor(worker: StoredWorker | undefined): LockState {
  return { kind: 'locked', ...(worker === undefined ? {} : { worker: { id: worker.id, name: worker.name } }) };
}
