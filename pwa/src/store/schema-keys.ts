/** What is kept of keys and of who works with this phone, as types; the rest is in schema.ts. */

/** Bytes under AES-GCM. */
export interface Sealed {
  readonly iv: ArrayBuffer;
  readonly content: ArrayBuffer;
}

/** The key of one response, wrapped: whoever has one of the keys that it is wrapped under can open what is sealed; see sealing.ts. */
export interface StoredKeys {
  /** Under the key of its worker. */
  readonly own?: Sealed;
  /** Under the phone's: it can be sent while the phone is locked. */
  readonly phone?: Sealed;
  /** Its files may lie in clear still. */
  readonly filesLeft?: true;
}

/** A worker's key under one that only their PIN, or their recovery code, makes. */
export interface StoredWrap {
  readonly salt: ArrayBuffer;
  /** Of PBKDF2. */
  readonly iterations: number;
  readonly wrapped: Sealed;
}

export interface StoredLock {
  readonly pin: StoredWrap;
  readonly recovery: StoredWrap;
  /** Wrong PINs since the last right one. */
  readonly failures: number;
  /** None is tried before: milliseconds since 1970 by the phone's clock. */
  readonly waitUntil: number;
}

/** Somebody who works with this phone; see store/workers.ts. */
export interface StoredWorker {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** Had this phone before it had several: what names no worker is theirs. */
  readonly first?: true;
  /** Absent without a PIN. */
  readonly lock?: StoredLock;
}
