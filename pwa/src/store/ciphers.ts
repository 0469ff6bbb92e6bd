/** Sealing bytes, and keys made of words, by the browser's own WebCrypto. Nothing here knows what is sealed. */

import type { Sealed, StoredWrap } from './schema-keys.ts';

const IV_BYTES = 12;
const SALT_BYTES = 16;
const KEY_BITS = 256;
const NAME = 'AES-GCM';

export class Ciphers {
  readonly #given: SubtleCrypto | undefined;
  readonly #random: (count: number) => Uint8Array;

  constructor(subtle: SubtleCrypto | undefined, random: (count: number) => Uint8Array) {
    this.#given = subtle;
    this.#random = random;
  }

  /** Where there is none, no PIN is offered, and nothing has a key. */
  get #subtle(): SubtleCrypto {
    if (this.#given === undefined) throw new Error('This browser seals nothing: no PIN may be set here.');
    return this.#given;
  }

  /** The bytes of a new key. */
  async newKey(): Promise<ArrayBuffer> {
    const key = await this.#subtle.generateKey({ name: NAME, length: KEY_BITS }, true, ['encrypt']);
    return this.#subtle.exportKey('raw', key);
  }

  /** A key that can be stored, and whose bytes no script gets out again. */
  newKept(): Promise<CryptoKey> {
    return this.#subtle.generateKey({ name: NAME, length: KEY_BITS }, false, ['encrypt', 'decrypt']);
  }

  key(bytes: ArrayBuffer): Promise<CryptoKey> {
    return this.#subtle.importKey('raw', bytes, NAME, false, ['encrypt', 'decrypt']);
  }

  /** `about`: what it is; it opens only as that. */
  async seal(key: CryptoKey, content: BufferSource, about: string): Promise<Sealed> {
    const iv = this.#bytes(IV_BYTES);
    return { iv, content: await this.#subtle.encrypt(wayOf(iv, about), key, content) };
  }

  /** Undefined: another key, something else, or damaged. */
  async open(key: CryptoKey, { iv, content }: Sealed, about: string): Promise<ArrayBuffer | undefined> {
    return this.#subtle.decrypt(wayOf(iv, about), key, content).catch(() => undefined);
  }

  async wrap(words: string, iterations: number, key: ArrayBuffer): Promise<StoredWrap> {
    const salt = this.#bytes(SALT_BYTES);
    const wrapping = await this.#keyOfWords(words, salt, iterations);
    return { salt, iterations, wrapped: await this.seal(wrapping, key, 'worker') };
  }

  /** Undefined: these are not the words. */
  async unwrap(words: string, { salt, iterations, wrapped }: StoredWrap): Promise<ArrayBuffer | undefined> {
    return this.open(await this.#keyOfWords(words, salt, iterations), wrapped, 'worker');
  }

  async #keyOfWords(words: string, salt: ArrayBuffer, iterations: number): Promise<CryptoKey> {
    const from = await this.#subtle.importKey('raw', new TextEncoder().encode(words), 'PBKDF2', false, ['deriveKey']);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
    return this.#subtle.deriveKey(how, from, { name: NAME, length: KEY_BITS }, false, ['encrypt', 'decrypt']);
  }

  #bytes(count: number): ArrayBuffer {
    return new Uint8Array(this.#random(count)).buffer;
  }
}

function wayOf(iv: ArrayBuffer, about: string): AesGcmParams {
  return { name: NAME, iv, additionalData: new TextEncoder().encode(about) };
}
