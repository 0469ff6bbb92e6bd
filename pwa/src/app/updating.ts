/** Whether the app may be exchanged for a newer one now: not while somebody fills something in, in whichever tab. Fetched apart. */

import type { Environment } from '../environment.ts';
import { readDrafts } from '../store/drafts.ts';
import { lockName } from './desk.ts';
import { tabLocks } from './lease.ts';
import type { Storage } from './storage.ts';

/** What is free is had at once; but a browser asked to wait for no time at all gives up before it has looked. */
const PATIENCE_MS = 500;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
}

/** Another tab with a draft open may hold answers that are not on the disk yet, and parts of the app that it has not fetched. */
export async function isOpenElsewhere({ environment, storage }: Surroundings): Promise<boolean> {
  const drafts = await storage.read(readDrafts);
  if (drafts.kind === 'failed') return true;
  const locks = tabLocks(environment, storage);
  for (const { id } of drafts.value) {
    const lock = await locks.hold(lockName(id), PATIENCE_MS);
    if (lock === undefined) return true;
    lock.release();
  }
  return false;
}
