/**
 * Makes a photo small enough to keep and send: at most 1,600 pixels a side, about 400 kB. It is drawn anew, so nothing that the
 * camera wrote beside the picture (where it was taken, when, with what) is left. Browsers decode and encode off the main thread.
 */

/** Pixels of the longer side. */
const LONGEST_SIDE = 1_600;
const WANTED_BYTES = 400_000;
/** Tried in turn until it is small enough; the last one has to do. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4];
const JPEG = 'image/jpeg';

/** Undefined when this browser cannot read it. */
export async function shrinkPhoto(photo: Blob): Promise<ArrayBuffer | undefined> {
  const picture = await decoded(photo);
  if (picture === undefined) return undefined;
  const drawing = drawn(picture);
  if ('close' in picture) picture.close();
  for (const quality of QUALITIES) {
    const encoded = drawing && (await encodedAs(drawing, quality));
    if (encoded?.type !== JPEG) return undefined;
    if (encoded.size <= WANTED_BYTES || quality === QUALITIES[QUALITIES.length - 1]) return encoded.arrayBuffer();
  }
  return undefined;
}

/** Never larger than it was. */
export function fittedSize(width: number, height: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Older browsers do not know the option, some do not know the function; they turn a photo upright by themselves. */
async function decoded(photo: Blob): Promise<ImageBitmap | HTMLImageElement | undefined> {
  if (typeof createImageBitmap !== 'function') return asElement(photo);
  try {
    return await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch {
    return createImageBitmap(photo).catch(() => asElement(photo));
  }
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

type Drawing = OffscreenCanvas | HTMLCanvasElement;

/** On white: JPEG knows no transparency. */
function drawn(picture: ImageBitmap | HTMLImageElement): Drawing | undefined {
  const { width, height } = fittedSize(picture.width, picture.height);
  const canvas = newCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null || !('drawImage' in context)) return undefined;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function newCanvas(width: number, height: number): Drawing {
  if (typeof OffscreenCanvas === 'function') return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function encodedAs(drawing: Drawing, quality: number): Promise<Blob | undefined> {
  if (!('toBlob' in drawing)) return drawing.convertToBlob({ type: JPEG, quality }).catch(() => undefined);
  return new Promise((resolve) => drawing.toBlob((blob) => resolve(blob ?? undefined), JPEG, quality));
}
