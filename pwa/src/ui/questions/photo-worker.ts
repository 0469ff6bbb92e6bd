/** Makes photos small beside the page's own thread, so that a slow phone can be tapped meanwhile. Answers undefined for what it cannot do. */

import { decodedBitmap, redrawn } from './photo-drawing.ts';

/** As far as it is needed: the types of pages and of workers cannot be had together. */
declare const self: {
  onmessage: (event: MessageEvent<{ readonly photo: Blob; readonly start: Uint8Array }>) => Promise<void>;
  postMessage(content: ArrayBuffer | undefined, moved: readonly ArrayBuffer[]): void;
};

self.onmessage = async ({ data }) => {
  const content = await shrunk(data.photo, data.start).catch(() => undefined);
  self.postMessage(content, content === undefined ? [] : [content]);
};

async function shrunk(photo: Blob, start: Uint8Array): Promise<ArrayBuffer | undefined> {
  const bitmap = typeof OffscreenCanvas === 'function' ? await decodedBitmap(photo, start) : undefined;
  return bitmap && redrawn(bitmap, (width, height) => new OffscreenCanvas(width, height));
}
