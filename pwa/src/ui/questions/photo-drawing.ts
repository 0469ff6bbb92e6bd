/**
 * Draws a photo anew, small enough to keep and send: at most 1,600 pixels a side, about 400 kB. What the camera wrote beside the picture (where it was
 * taken, when, with what) is not drawn, and so is gone. Runs in a worker where there is one (photo-worker.ts), else in the page.
 */

import { fittedSize, resizing } from './photo-size.ts';

const WANTED_BYTES = 400_000;
/** Tried in turn until it is small enough; the last one has to do. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4];
const JPEG = 'image/jpeg';

export type Drawing = OffscreenCanvas | HTMLCanvasElement;
type Picture = ImageBitmap | HTMLImageElement;

/** Undefined when this browser cannot decode it this way. Older ones do not know the options; they turn a photo upright by themselves. */
export async function decodedBitmap(photo: Blob, start: Uint8Array): Promise<ImageBitmap | undefined> {
  if (typeof createImageBitmap !== 'function') return undefined;
  const upright = { imageOrientation: 'from-image' } as const;
  const wishes = [{ ...upright, ...resizing(start), resizeQuality: 'medium' } as const, upright, {}];
  for (const wish of wishes) {
    const bitmap = await createImageBitmap(photo, wish).catch(() => undefined);
    if (bitmap !== undefined) return bitmap;
  }
  return undefined;
}

/** Undefined when it cannot be drawn or written. */
export async function redrawn(
  picture: Picture,
  newCanvas: (width: number, height: number) => Drawing,
): Promise<ArrayBuffer | undefined> {
  const drawing = drawn(picture, newCanvas);
  if ('close' in picture) picture.close();
  for (const quality of QUALITIES) {
    const encoded = drawing && (await encodedAs(drawing, quality));
    if (encoded?.type !== JPEG) return undefined;
    if (encoded.size <= WANTED_BYTES || quality === QUALITIES[QUALITIES.length - 1]) return encoded.arrayBuffer();
  }
  return undefined;
}

/** On white: JPEG knows no transparency. */
function drawn(picture: Picture, newCanvas: (width: number, height: number) => Drawing): Drawing | undefined {
  const { width, height } = fittedSize(picture.width, picture.height);
  const canvas = newCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null || !('drawImage' in context)) return undefined;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function encodedAs(drawing: Drawing, quality: number): Promise<Blob | undefined> {
  if (!('toBlob' in drawing)) return drawing.convertToBlob({ type: JPEG, quality }).catch(() => undefined);
  return new Promise((resolve) => drawing.toBlob((blob) => resolve(blob ?? undefined), JPEG, quality));
}
