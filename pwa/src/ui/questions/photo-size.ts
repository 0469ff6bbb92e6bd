/** How large a photo is, read from its first bytes: so that it need not be decoded in full before it is made smaller. And what HEIC looks like. Pure. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a camera's JPEG stands behind what it wrote of itself: a preview picture may be among that. */
export const BYTES_TO_READ = 262_144;
/** Pixels of the longer side. */
const LONGEST_SIDE = 1_600;

/** Never larger than it was. */
export function fittedSize(width: number, height: number): Size {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * One side only, and the other follows: whether a browser turns a photo upright before or after, its shape stays. Empty: it is small enough, or nobody
 * knows.
 */
export function resizing(start: Uint8Array): { readonly resizeWidth?: number; readonly resizeHeight?: number } {
  const size = jpegSize(start) ?? pngSize(start);
  if (size === undefined || Math.max(size.width, size.height) <= LONGEST_SIDE) return {};
  return size.width >= size.height ? { resizeWidth: LONGEST_SIDE } : { resizeHeight: LONGEST_SIDE };
}

/** ISO base media with a brand of HEIF: what iPhones save, and few other browsers read. */
export function isHeic(start: Uint8Array): boolean {
  const text = String.fromCharCode(...start.subarray(4, 12));
  return text.startsWith('ftyp') && /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(text.slice(4));
}

/** Undefined when it is no JPEG, or its frame is not among these bytes (ITU T.81, B.1 and B.2.2). */
export function jpegSize(bytes: Uint8Array): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff)
      at += 1; // Filling.
    else if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15, without the tables that stand among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function pngSize(bytes: Uint8Array): Size | undefined {
  const isPng = bytes.length >= 24 && bytes[0] === 0x89 && String.fromCharCode(...bytes.subarray(1, 4)) === 'PNG';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined;
}
