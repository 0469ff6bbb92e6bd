/**
 * SHA-256 (FIPS 180-4), synchronous and without WebCrypto, which browsers withhold on plain http.
 * About 1 MiB in 20 ms on a small phone: fine for forms and answers, not meant for photos.
 */

const BLOCK = 64;

/**
 * The first 32 bits of the fractional parts of a root of the first primes: where FIPS 180-4 takes its constants from.
 * A browser's cbrt may be off by some units in the 50th bit; no constant is nearer than 1,000 of those to its neighbour.
 */
function rootsOfPrimes(count: number, root: (prime: number) => number): Uint32Array {
  const found = new Uint32Array(count);
  for (let candidate = 2, index = 0; index < count; candidate += 1) {
    if (!isPrime(candidate)) continue;
    found[index] = (root(candidate) % 1) * 2 ** 32;
    index += 1;
  }
  return found;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) return false;
  return true;
}

const ROUND_CONSTANTS = rootsOfPrimes(64, Math.cbrt);
const INITIAL = rootsOfPrimes(8, Math.sqrt);

/** Lower-case hex of the text's UTF-8 bytes. */
export function sha256(text: string): string {
  return sha256OfBytes(new TextEncoder().encode(text));
}

export function sha256OfBytes(bytes: Uint8Array): string {
  return hexOf(absorb(begun(), padded(bytes, bytes.length)));
}

/** The state before anything is absorbed. */
export function begun(): Uint32Array {
  return Uint32Array.from(INITIAL);
}

/** Takes in whole blocks; gives back the same state. */
export function absorb(state: Uint32Array, blocks: Uint8Array): Uint32Array {
  const view = new DataView(blocks.buffer, blocks.byteOffset);
  const schedule = new Uint32Array(BLOCK);
  for (let offset = 0; offset < blocks.length; offset += BLOCK) {
    fillSchedule(schedule, view, offset);
    compress(state, schedule);
  }
  return state;
}

export function hexOf(state: Uint32Array): string {
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The end of a message, a 1 bit, zeros, and the length of all of it in bits as 64-bit big-endian, to a whole number of blocks. */
export function padded(bytes: Uint8Array, length: number): Uint8Array {
  const end = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  end.set(bytes);
  end[bytes.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setUint32(end.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(end.length - 4, (length * 8) >>> 0);
  return end;
}

function fillSchedule(schedule: Uint32Array, view: DataView, offset: number): void {
  for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(offset + index * 4);
  for (let index = 16; index < BLOCK; index += 1) {
    const early = at(schedule, index - 15);
    const late = at(schedule, index - 2);
    const mixedEarly = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const mixedLate = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    schedule[index] = (at(schedule, index - 16) + mixedEarly + at(schedule, index - 7) + mixedLate) | 0;
  }
}

/** One block. The letters a to h are those of the standard, so that it can be read beside it. */
function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < BLOCK; index += 1) {
    const choice = (e & f) ^ (~e & g);
    const sumE = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + sumE + choice + at(ROUND_CONSTANTS, index) + at(schedule, index)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const sumA = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sumA + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = at(state, index) + word;
  });
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}
