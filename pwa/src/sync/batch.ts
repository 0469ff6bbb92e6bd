/** The body of a push, cut to what a server takes in one go. */

/** Most items of one push. */
export const BATCH_ITEMS = 500;
/** Most UTF-8 bytes of one push body: 1 MiB. */
export const BATCH_BYTES = 1_048_576;

/** A revision that waits; a part is null when its content was erased where it comes from. */
export interface Offered {
  readonly rev: string;
  readonly header: string;
  readonly parts: readonly (string | null)[];
}

/** Who sends, and from where on the feed is wanted: the cursor, '' at first. */
export interface Sender {
  readonly device: string;
  readonly since: string;
}

export interface Batch {
  readonly revs: readonly string[];
  readonly body: string;
}

/**
 * The first of `waiting` that fit; undefined when nothing waits. One item that is too large alone still goes, alone:
 * the server's answer about it is better than silence.
 */
export function cutBatch(sender: Sender, waiting: readonly Offered[], items: number): Batch | undefined {
  const { device, since } = sender;
  const start = `{"device":${JSON.stringify(device)},"since":${JSON.stringify(since)},"items":[`;
  const end = ']}';
  const texts: string[] = [];
  let bytes = byteLength(start) + byteLength(end);
  for (const offered of waiting.slice(0, items)) {
    const text = itemText(offered);
    bytes += byteLength(text) + (texts.length > 0 ? 1 : 0);
    if (bytes > BATCH_BYTES && texts.length > 0) break;
    texts.push(text);
  }
  if (texts.length === 0) return undefined;
  return { revs: waiting.slice(0, texts.length).map(({ rev }) => rev), body: start + texts.join(',') + end };
}

function itemText({ rev, header, parts }: Offered): string {
  return JSON.stringify({ rev, header, parts });
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
