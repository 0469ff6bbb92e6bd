/** UUIDs from given time and chance (RFC 9562), and hex. */

/** 16 random bytes → version 4. */
export function uuid4(random: Uint8Array): string {
  return uuid(random, 0x40);
}

/** Version 7: sorts by time. `random`: 16 bytes, of which the last 10 are used. */
export function uuid7(milliseconds: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random);
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(milliseconds / 2 ** (8 * (5 - index))) % 256;
  return uuid(bytes, 0x70);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function uuid(random: Uint8Array, version: number): string {
  if (random.length !== 16) throw new Error(`A UUID needs 16 random bytes; ${random.length} were given.`);
  const bytes = Uint8Array.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | version;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
