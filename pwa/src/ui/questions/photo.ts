/** Makes a photo small enough to keep and send (photo-drawing.ts): in a worker, and where a browser cannot do it there, in the page. */

import { decodedBitmap, redrawn } from './photo-drawing.ts';
import { BYTES_TO_READ, isHeic } from './photo-size.ts';

/** A worker that ran out of memory may never answer. */
const PATIENCE_MILLISECONDS = 45_000;

/** Undefined, or `heic`: this browser cannot read it. */
export async function shrinkPhoto(photo: Blob): Promise<ArrayBuffer | 'heic' | undefined> {
  const start = new Uint8Array(await photo.slice(0, BYTES_TO_READ).arrayBuffer());
  const shrunk = (await inWorker(photo, start)) ?? (await inPage(photo, start));
  return shrunk ?? (isHeic(start) ? 'heic' : undefined);
}

/** A worker for each: a photo is rare, and its memory goes with its worker. */
async function inWorker(photo: Blob, start: Uint8Array): Promise<ArrayBuffer | undefined> {
  if (typeof Worker !== 'function' || typeof OffscreenCanvas !== 'function') return undefined;
  const worker = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data instanceof ArrayBuffer ? data : undefined);
      // Its code cannot be had now, or it has died of the photo.
      worker.onerror = () => resolve(undefined);
      setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS);
      worker.postMessage({ photo, start });
    });
  } finally {
    worker.terminate();
  }
}

async function inPage(photo: Blob, start: Uint8Array): Promise<ArrayBuffer | undefined> {
  const picture = (await decodedBitmap(photo, start)) ?? (await asElement(photo));
  return picture && redrawn(picture, newCanvas);
}

async function asElement(photo: Blob): Promise<HTMLImageElement | undefined> {
  const url = URL.createObjectURL(photo);
  const picture = new Image();
  picture.src = url;
  try {
    await picture.decode();
    return picture;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
