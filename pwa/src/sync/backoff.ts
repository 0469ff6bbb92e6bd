/** How long to leave a server alone after failures. */

export const SHORTEST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 300_000;

/**
 * Full jitter between 1 s and a ceiling that doubles with each failure up to 5 min, so that a hall full of phones
 * does not come back at the same moment. `failures` ≥ 1; `fraction` ≥ 0 and < 1; a server's own wish is honoured when longer.
 */
export function backoff(failures: number, fraction: number, retryAfter = 0): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(failures, 20));
  const wait = SHORTEST_WAIT_MS + fraction * (ceiling - SHORTEST_WAIT_MS);
  return Math.round(Math.max(wait, Math.min(retryAfter, LONGEST_WAIT_MS)));
}
