/** Whether a waking is obeyed, and when. */

import { LONGEST_WAIT_MS } from './backoff.ts';
import type { Phase, Session, WakeReason } from './session-types.ts';

/** Woken while under way: what to do at the end of the pass. */
export function wantedAgain({ again }: Session, reason: WakeReason): Session['again'] {
  if (reason === 'button') return 'pass';
  return reason === 'finalised' && again === 'no' ? 'look' : again;
}

/**
 * A server that asked for quiet gets it, except from a person's finger. A network that was missing may be back, and so may a
 * phone's storage. An end further off than any wait is that of a clock which was put back.
 */
export function mustWait({ until, why }: Extract<Phase, { kind: 'waiting' }>, reason: WakeReason, at: number): boolean {
  if (reason === 'timer' || reason === 'button') return false;
  if (why !== 'server-busy' && why !== 'server-error' && why !== 'server-too-old') return false;
  return at < until && until - at <= LONGEST_WAIT_MS;
}
