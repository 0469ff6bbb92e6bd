import assert from 'node:assert/strict';
import test from 'node:test';
import { fittedSize, isHeic, jpegSize, resizing } from './photo-size.ts';

/** A JPEG as far as its size: what cameras write first, filling, then the frame. */
function jpeg(width: number, height: number): Uint8Array {
  const exif = [0xff, 0xe1, 0x00, 0x06, 0x45, 0x78, 0x69, 0x66];
  const frame = [0xff, 0xc0, 0x00, 0x11, 0x08, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0];
  return Uint8Array.from([0xff, 0xd8, ...exif, 0xff, ...frame]);
}

test('a large photo is fitted to 1,600 pixels on its longer side, in its own shape', () => {
  assert.deepEqual(fittedSize(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(fittedSize(3000, 4000), { width: 1200, height: 1600 });
});

test('a small photo is not made larger, and a thin one keeps at least a pixel', () => {
  assert.deepEqual(fittedSize(640, 480), { width: 640, height: 480 });
  assert.deepEqual(fittedSize(20_000, 3), { width: 1600, height: 1 });
});

test('the size of a JPEG is read behind what the camera wrote', () => {
  assert.deepEqual(jpegSize(jpeg(4032, 3024)), { width: 4032, height: 3024 });
});

test('what is cut off, or is no JPEG, has no size', () => {
  assert.equal(jpegSize(jpeg(4032, 3024).subarray(0, 14)), undefined);
  assert.equal(jpegSize(Uint8Array.from([1, 2, 3])), undefined);
});

test('only one side is wished for, and only of what is too large', () => {
  assert.deepEqual(resizing(jpeg(4032, 3024)), { resizeWidth: 1600 });
  assert.deepEqual(resizing(jpeg(3024, 4032)), { resizeHeight: 1600 });
  assert.deepEqual(resizing(jpeg(800, 600)), {});
  assert.deepEqual(resizing(new Uint8Array()), {});
});

test('HEIC is known by its brand', () => {
  const file = (brand: string) => new TextEncoder().encode(`    ftyp${brand}`);
  assert.deepEqual(
    [isHeic(file('heic')), isHeic(file('mif1')), isHeic(file('mp42')), isHeic(jpeg(1, 1))],
    [true, true, false, false],
  );
});
