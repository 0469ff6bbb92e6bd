/** Fetches a file of the app that a browser may have kept wrongly. */

/** What the browser has kept may be a Wi-Fi's sign-in page; then it is asked for anew. Rejects when there is none of that `type` now. */
export async function fetchOfType(address: string, type: string, signal?: AbortSignal): Promise<Response> {
  for (const cache of ['default', 'reload'] as const) {
    const answer = await fetch(address, { cache, ...(signal && { signal }) });
    if (answer.ok && answer.headers.get('Content-Type')?.includes(type)) return answer;
  }
  throw new TypeError(`${address} could not be fetched.`);
}
