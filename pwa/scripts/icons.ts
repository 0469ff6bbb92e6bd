/**
 * Draws our mark once, as SVG and as PNG: `npm run icons`. What it writes is committed.
 * Three nested circles that rest on one point: ripples in a well, and people around a place.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

interface Disc {
  readonly radius: number;
  readonly colour: Colour;
}

/** The mark is drawn on a square of so many units. */
const UNITS = 512;
/** Where all circles rest: the middle of a line 88 units above the lower edge, inside every platform's mask. */
const REST = { x: 256, y: 424 } as const;
const GROUND: Colour = [0x0a, 0x52, 0x57];
const PAPER: Colour = [0xfa, 0xf6, 0xee];
const SUN: Colour = [0xff, 0xc4, 0x4d];
const DISCS: readonly Disc[] = [
  { radius: 168, colour: PAPER },
  { radius: 142, colour: GROUND },
  { radius: 112, colour: PAPER },
  { radius: 86, colour: GROUND },
  { radius: 56, colour: SUN },
];
const FOLDER = new URL('../public/icons/', import.meta.url);

mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL('mark.svg', FOLDER), svg());
for (const size of [192, 512]) writeFileSync(new URL(`icon-${size}.png`, FOLDER), png(size));

function svg(): string {
  const circles = DISCS.map(({ radius, colour }) => {
    return `  <circle cx="${REST.x}" cy="${REST.y - radius}" r="${radius}" fill="${hex(colour)}"/>\n`;
  });
  const ground = `  <rect width="${UNITS}" height="${UNITS}" rx="96" fill="${hex(GROUND)}"/>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${UNITS} ${UNITS}">\n  <title>Fieldwell</title>\n${ground}${circles.join('')}</svg>\n`;
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Rows of RGB with filter 0, the ground out to the edges: platforms cut their own shape. */
function png(size: number): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rows.set(pixel(x, y, UNITS / size), y * (1 + size * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixel(x: number, y: number, scale: number): Colour {
  let colour: Colour = GROUND;
  for (const disc of DISCS) {
    const away = Math.hypot((x + 0.5) * scale - REST.x, (y + 0.5) * scale - (REST.y - disc.radius));
    colour = mix(colour, disc.colour, Math.min(1, Math.max(0, (disc.radius - away) / scale + 0.5)));
  }
  return colour;
}

function mix(under: Colour, over: Colour, cover: number): Colour {
  const part = (from: number, to: number): number => Math.round(from + (to - from) * cover);
  return [part(under[0], over[0]), part(under[1], over[1]), part(under[2], over[2])];
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
