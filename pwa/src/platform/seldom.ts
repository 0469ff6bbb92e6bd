/** What no first question needs, fetched apart: files piece by piece, from some byte on, only what has changed; packing; and how much room there is. */

import type { LongAnswer, LongNetwork, LongRequest, Room } from '../environment.ts';

/** A body shorter than so many characters is not worth packing. */
const LEAST_TO_PACK = 1_000;

export const longNetwork: LongNetwork = { ask, keepMaps };

async function ask(request: LongRequest): Promise<LongAnswer> {
  const silence = watchSilence(request.patience);
  try {
    const response = await fetch(request.path, {
      headers: headersOf(request),
      // As all our calls (network.ts): a redirect is not ours, and what the browser kept is not asked.
      redirect: 'manual',
      credentials: 'same-origin',
      cache: 'no-store',
      signal: silence.signal,
    });
    const etag = response.headers.get('ETag');
    const pieces = piecesOf(response, silence);
    return { kind: 'answer', status: response.status, pieces, ...(etag === null ? {} : { etag }) };
  } catch {
    silence.end();
    return { kind: 'lost' };
  }
}

/** The service worker does, once there is one. */
function keepMaps(): void {
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ kind: 'keep-maps' }));
}

interface Silence {
  readonly signal: AbortSignal;
  /** Something was heard. */
  hear(): void;
  end(): void;
}

function watchSilence(patience: number): Silence {
  const giveUp = new AbortController();
  const begin = () => setTimeout(() => giveUp.abort(), patience);
  const timer = { id: begin() };
  return {
    signal: giveUp.signal,
    hear() {
      clearTimeout(timer.id);
      timer.id = begin();
    },
    end: () => clearTimeout(timer.id),
  };
}

/** Streams cannot be gone through by themselves in Safari. */
async function* piecesOf(response: Response, silence: Silence): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const read = await reader?.read();
      if (read === undefined || read.done) return;
      silence.hear();
      yield read.value;
    }
  } finally {
    silence.end();
    void reader?.cancel().catch(() => undefined);
  }
}

function headersOf({ token, etag, from = 0 }: LongRequest): Headers {
  const headers = new Headers();
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  if (etag !== undefined) headers.set('If-None-Match', etag);
  if (from > 0) headers.set('Range', `bytes=${from}-`);
  return headers;
}

export async function room(): Promise<Room | undefined> {
  try {
    const { usage: used, quota } = (await navigator.storage?.estimate?.()) ?? {};
    return used === undefined || quota === undefined ? undefined : { used, free: Math.max(0, quota - used) };
  } catch {
    return undefined;
  }
}

/** Undefined where the browser cannot, or it is not worth it: then it goes as it is. */
export async function gzipped(text: string): Promise<ArrayBuffer | undefined> {
  if (typeof CompressionStream === 'undefined' || text.length < LEAST_TO_PACK) return undefined;
  const stream = new Response(text).body?.pipeThrough(new CompressionStream('gzip'));
  return stream && new Response(stream).arrayBuffer();
}
