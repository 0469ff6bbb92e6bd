/** Texts and files as bytes that can be sealed, and sealed bytes as text. Pure. */

import type { StoredAttachment } from './schema.ts';
import type { Sealed } from './schema-keys.ts';

/** What a person's own device called a file may name somebody: it is sealed with the bytes, its length before it. */
export function withName({ content, givenName }: StoredAttachment): Uint8Array<ArrayBuffer> {
  const name = bytesOf(givenName);
  const whole = new Uint8Array(4 + name.length + content.byteLength);
  new DataView(whole.buffer).setUint32(0, name.length);
  whole.set(name, 4);
  whole.set(new Uint8Array(content), 4 + name.length);
  return whole;
}

export function namedIn(whole: ArrayBuffer): Pick<StoredAttachment, 'content' | 'givenName'> {
  const end = 4 + new DataView(whole).getUint32(0);
  return { givenName: textOf(whole.slice(4, end)), content: whole.slice(end) };
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

export function textOf(content: ArrayBuffer): string {
  return new TextDecoder().decode(content);
}

/** As base64, the iv first: a part stays a text, which an erasure makes null. */
export function joined({ iv, content }: Sealed): string {
  const bytes = [...new Uint8Array(iv), ...new Uint8Array(content)];
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''));
}

const IV_BYTES = 12;

/** What is no base64 opens under no key. */
export function parted(text: string): Sealed {
  const bytes = new Uint8Array(
    /^[A-Za-z0-9+/]+=*$/.test(text) ? Array.from(atob(text), (one) => one.charCodeAt(0)) : [],
  );
  return { iv: bytes.slice(0, IV_BYTES).buffer, content: bytes.slice(IV_BYTES).buffer };
}
