/** `fetch` as `Network`: an answer, or the plain fact that none came. */

import type { Download, DownloadRequest, Network, NetworkAnswer, NetworkRequest } from '../environment.ts';

export function browserNetwork(): Network {
  return { send, download, dear, long: async () => (await seldom()).longNetwork };
}

const seldom = () => import('./seldom.ts');

async function send(request: NetworkRequest): Promise<NetworkAnswer> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), request.timeout);
  try {
    const packed =
      request.gzip === true ? await (await seldom().catch(() => undefined))?.gzipped(request.body ?? '') : undefined;
    const response = await fetch(request.path, fetchOptions(request, giveUp.signal, packed));
    return await readAnswer(response);
  } catch {
    return { kind: 'lost', why: giveUp.signal.aborted ? 'timeout' : 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response: Response): Promise<NetworkAnswer> {
  const { status, headers } = response;
  const body = await response.text();
  const retryAfter = readRetryAfter(headers.get('Retry-After'));
  const [offset, length] = [readCount(headers.get('Upload-Offset')), readCount(headers.get('Upload-Length'))];
  return {
    kind: 'answer',
    status,
    body,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(offset === undefined ? {} : { offset }),
    ...(length === undefined ? {} : { length }),
  };
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

/** Only Chromium tells; where a person asks to save data, that counts for all connections. */
function dear(): boolean | undefined {
  const { connection } = navigator as NavigatorThatTells;
  if (connection === undefined) return undefined;
  const isSlow = ['slow-2g', '2g', '3g'].includes(connection.effectiveType ?? '');
  return connection.saveData === true || connection.type === 'cellular' || isSlow;
}

/** A redirect is never ours: it is a sign-in page that wants to be seen, and our token must not follow it. */
function fetchOptions(request: NetworkRequest, signal: AbortSignal, packed?: ArrayBuffer): RequestInit {
  const body = packed ?? request.piece?.content ?? request.body;
  return {
    method: request.method,
    headers: headersOf(request, packed !== undefined),
    redirect: 'manual',
    credentials: 'same-origin',
    // What is to be kept is in IndexedDB; a Wi-Fi's sign-in page that the browser kept would stand in our server's way for ever.
    cache: 'no-store',
    signal,
    ...(body === undefined ? {} : { body }),
  };
}

function headersOf({ token, body, piece, phone }: NetworkRequest, isPacked: boolean): Headers {
  const headers = new Headers();
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  if (phone !== undefined) headers.set('Fieldwell-Phone', phone);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (isPacked) headers.set('Content-Encoding', 'gzip');
  if (piece !== undefined) {
    headers.set('Content-Type', 'application/offset+octet-stream');
    headers.set('Upload-Offset', String(piece.offset));
  }
  return headers;
}

function readCount(header: string | null): number | undefined {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

/** Seconds, or a date by the server's clock; the date form is rare and the phone's clock may be wrong, so it is left out. */
function readRetryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1_000 : undefined;
}

/** Not in the standard, and so not in TypeScript's types. */
interface NavigatorThatTells extends Navigator {
  readonly connection?: { readonly saveData?: boolean; readonly type?: string; readonly effectiveType?: string };
}
