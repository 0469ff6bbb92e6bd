/** Logics, text packs, lists, sound packs and the team's own words: from this phone, else from the server, and then kept. Their name is the hash of their bytes. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Network } from '../environment.ts';
import { blobNames, readBlob, saveBlob } from '../store/blobs.ts';
import { sha256 } from '../sync/sha256.ts';
import type { Storage } from './storage.ts';

const FETCH_TIMEOUT_MS = 60_000;

export type BlobKind = 'logic' | 'texts' | 'lists' | 'sounds' | 'words';

export class Library {
  readonly #here: Signal<ReadonlySet<string>> = signal(new Set());
  readonly #coming: Map<string, Promise<string | undefined>> = new Map();
  readonly #network: Network;
  readonly #storage: Storage;

  constructor(network: Network, storage: Storage) {
    this.#network = network;
    this.#storage = storage;
  }

  /** The names of all that is on this phone. */
  get here(): ReadonlySignal<ReadonlySet<string>> {
    return this.#here;
  }

  async load(): Promise<void> {
    const names = await this.#storage.read(blobNames);
    if (names.kind === 'done') this.#here.value = new Set(names.value);
  }

  /** Undefined: it is not here. */
  async read(name: string): Promise<string | undefined> {
    const found = await this.#storage.read((connection) => readBlob(connection, name));
    return found.kind === 'done' ? found.value : undefined;
  }

  /** Undefined: neither here nor to be had now. What could not be stored is still given: an interview can go on with it. */
  async readOrFetch(kind: BlobKind, name: string): Promise<string | undefined> {
    return (await this.read(name)) ?? (await this.fetch(kind, name));
  }

  /** Who asks while it is on its way waits for the same. */
  async fetch(kind: BlobKind, name: string): Promise<string | undefined> {
    const coming = this.#coming.get(name) ?? this.#fetch(kind, name);
    this.#coming.set(name, coming);
    const text = await coming;
    this.#coming.delete(name);
    return text;
  }

  async #fetch(kind: BlobKind, name: string): Promise<string | undefined> {
    const answer = await this.#network.send({
      method: 'GET',
      path: `/forms/v1/${kind}/${name}`,
      timeout: FETCH_TIMEOUT_MS,
    });
    const isIt = answer.kind === 'answer' && answer.status === 200 && sha256(answer.body) === name;
    if (!isIt) return undefined;
    const saved = await this.#storage.write((connection) => saveBlob(connection, { sha256: name, text: answer.body }));
    if (saved.kind === 'done') this.#here.value = new Set([...this.#here.value, name]);
    return answer.body;
  }
}
