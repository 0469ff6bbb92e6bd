/** The file that is being sent, read from the disk once and checked once, however many pieces it goes in. */

import type { Environment } from '../environment.ts';
import type { FileKey } from '../store/ledger.ts';
import { markDamaged, readFileToSend } from '../store/outbox.ts';
import type { Upload } from '../sync/session-types.ts';
import { digestOf } from './digest.ts';
import type { ResponseList } from './responses.ts';
import type { Storage } from './storage.ts';

interface Surroundings {
  readonly environment: Pick<Environment, 'digests'>;
  readonly storage: Storage;
  readonly responses: Pick<ResponseList, 'load'>;
}

interface Checked {
  readonly sha256: string;
  readonly content: ArrayBuffer;
}

export class UploadShelf {
  readonly #around: Surroundings;
  /** Copies found damaged since the app was opened: looked at once, not with every piece of another. */
  readonly #damaged: Set<string> = new Set();
  #file: Checked | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The first of these files that can be sent. Damaged ones are marked, and stand in no other's way. */
  async choose(files: readonly FileKey[]): Promise<Upload | undefined> {
    for (const key of files.filter((candidate) => !this.#damaged.has(String(candidate)))) {
      if (key[0] !== this.#file?.sha256) this.#file = await this.#read(key, files);
      if (this.#file !== undefined) return { sha256: this.#file.sha256, bytes: this.#file.content.byteLength };
    }
    this.#file = undefined;
    return undefined;
  }

  /** Undefined when it is another file than was chosen last. */
  piece({
    sha256,
    offset,
    bytes,
  }: {
    readonly sha256: string;
    readonly offset: number;
    readonly bytes: number;
  }): ArrayBuffer | undefined {
    return this.#file?.sha256 === sha256 ? this.#file.content.slice(offset, offset + bytes) : undefined;
  }

  /** How long the file is that is being sent. */
  get length(): number {
    return this.#file?.content.byteLength ?? 0;
  }

  /** The same photo may be kept for two responses: it is damaged when no copy of it is whole. */
  async #read(key: FileKey, files: readonly FileKey[]): Promise<Checked | undefined> {
    const [sha256] = key;
    const { storage, environment, responses } = this.#around;
    const read = await storage.read((connection) => readFileToSend(connection, key));
    // What could not be read now is left for a later pass.
    if (read.kind === 'failed' || read.value === undefined) return undefined;
    const { content, bytes } = read.value;
    if (content.byteLength === bytes && (await digestOf(content, environment)) === sha256) return { sha256, content };
    this.#damaged.add(String(key));
    const copies = files.filter(([other]) => other === sha256);
    if (!copies.every((copy) => this.#damaged.has(String(copy)))) return undefined;
    await storage.write((connection) => markDamaged(connection, sha256));
    await responses.load();
    return undefined;
  }
}
