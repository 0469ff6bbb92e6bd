/** `fetch` as `Network`: an answer, or the plain fact that none came. */

import type { Download, DownloadRequest, Network, NetworkAnswer, NetworkRequest } from '../environment.ts';

export function browserNetwork(): Network {
  return { send, download };
}

async function send(request: NetworkRequest): Promise<NetworkAnswer> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), request.timeout);
  try {
    const response = await fetch(request.path, fetchOptions(request, giveUp.signal));
    const body = await response.text();
    const retryAfter = readRetryAfter(response.headers.get('Retry-After'));
    return { kind: 'answer', status: response.status, body, ...(retryAfter === undefined ? {} : { retryAfter }) };
  } catch {
    return { kind: 'lost', why: giveUp.signal.aborted ? 'timeout' : 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

async function download({ path, timeout }: DownloadRequest): Promise<Download> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), timeout);
  try {
    const response = await fetch(path, fetchOptions({ method: 'GET', path, timeout }, giveUp.signal));
    if (response.status !== 200) return { kind: 'not-found' };
    const type = (response.headers.get('Content-Type') ?? '').split(';')[0] ?? '';
    return { kind: 'found', content: await response.arrayBuffer(), type };
  } catch {
    return { kind: 'lost' };
  } finally {
    clearTimeout(timer);
  }
}

/** A redirect is never ours: it is a sign-in page that wants to be seen, and our token must not follow it. */
function fetchOptions(request: NetworkRequest, signal: AbortSignal): RequestInit {
  const headers = new Headers();
  if (request.token !== undefined) headers.set('Authorization', `Bearer ${request.token}`);
  if (request.body !== undefined) headers.set('Content-Type', 'application/json');
  return {
    method: request.method,
    headers,
    redirect: 'manual',
    credentials: 'same-origin',
    // What is to be kept is in IndexedDB; a Wi-Fi's sign-in page that the browser kept would stand in our server's way for ever.
    cache: 'no-store',
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

/** Seconds, or a date by the server's clock; the date form is rare and the phone's clock may be wrong, so it is left out. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : undefined;
}
