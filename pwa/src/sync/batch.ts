/** The body of a push, cut to what a server takes in one go. */

import type { Revision } from './record.ts';

/** Most items of one push. */
export const BATCH_ITEMS = 500;
/** Most UTF-8 bytes of one push body: 1 MiB. */
export const BATCH_BYTES = 1_048_576;

export interface Batch {
  readonly revs: readonly string[];
  readonly body: string;
}

/**
 * The first of `waiting` that fit; undefined when nothing waits. One item that is too large alone still goes, alone:
 * the server's answer about it is better than silence.
 */
export function cutBatch(device: string, waiting: readonly Revision[], items: number): Batch | undefined {
  const start = `{"device":${JSON.stringify(device)},"items":[`;
  const end = ']}';
  const texts: string[] = [];
  let bytes = byteLength(start) + byteLength(end);
  for (const revision of waiting.slice(0, items)) {
    const text = itemText(revision);
    bytes += byteLength(text) + (texts.length > 0 ? 1 : 0);
    if (bytes > BATCH_BYTES && texts.length > 0) break;
    texts.push(text);
  }
  if (texts.length === 0) return undefined;
  return { revs: waiting.slice(0, texts.length).map(({ rev }) => rev), body: start + texts.join(',') + end };
}

function itemText({ rev, header, parts }: Revision): string {
  return JSON.stringify({ rev, header, parts });
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
