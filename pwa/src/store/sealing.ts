/**
 * What lies sealed on this phone, and opening it for whoever may.
 *
 * - Each response has a key of its own; its draft, parts, first words and files are sealed under that. The key lies beside them,
 *   wrapped under its worker's key, under the phone's, or both (StoredKeys).
 * - There is one key for a response, found by its id: in its draft, else in its revisions. A new one is made only when there is none.
 * - What cannot be opened is given back as it lies: a draft without answers, which no engine takes; a revision or file not at all.
 * - Never within a transaction of IndexedDB: waiting for a key would end it.
 */

import type { Ciphers } from './ciphers.ts';
import type { Connection } from './connection.ts';
import { StoreError } from './errors.ts';
import type { StoredAttachment, StoredDraft, StoredLine, StoredRevision } from './schema.ts';
import type { Sealed, StoredKeys, StoredWorker } from './schema-keys.ts';
import type { ClosedDraft, Owned, Seal } from './seal.ts';
import { bytesOf, joined, namedIn, parted, textOf, withName } from './sealed-bytes.ts';

/** There is a key, and nobody who may use it is signed in: nothing is written, and it may be tried again. */
export class StorageLocked extends StoreError {
  override readonly name = 'StorageLocked';
}

export interface SignedIn {
  readonly id: string;
  /** Absent without a PIN. */
  readonly key?: CryptoKey;
}

interface ResponseKey {
  readonly key: CryptoKey;
  readonly bytes: ArrayBuffer;
  readonly keys: StoredKeys;
}

type Named = Pick<StoredRevision, 'rev' | 'responseId' | 'keys'>;

/** What a sealed draft says without a key: enough to count it, and to keep the form that it needs. */
const BESIDE = new Set(['neighbourhood', 'untouched', 'opened', 'worker', 'corrects', 'answered', 'venue']);

export class RecordSeal implements Seal {
  readonly #connection: Connection;
  readonly #ciphers: Ciphers;
  #workers: readonly StoredWorker[] = [];
  #phone: CryptoKey | undefined;
  #signedIn: SignedIn | undefined;
  #found: Map<string, ResponseKey> = new Map();
  #titles: Map<string, string> = new Map();

  constructor(connection: Connection, ciphers: Ciphers) {
    this.#connection = connection;
    this.#ciphers = ciphers;
  }

  know(workers: readonly StoredWorker[], phone: CryptoKey | undefined): void {
    this.#workers = workers;
    this.#phone = phone;
  }

  /** Whoever was signed in before is so no more; undefined: nobody is. */
  signIn(signedIn: SignedIn | undefined): void {
    this.#signedIn = signedIn;
    this.#found = new Map();
    this.#titles = new Map();
  }

  isVisible(record: Owned): boolean {
    return this.#signedIn !== undefined && this.ownerOf(record) === this.#signedIn.id;
  }

  /** What names nobody belongs to the first worker; after that one has gone, to whoever is here. */
  ownerOf({ worker }: Owned): string | undefined {
    return worker ?? this.#workers.find(({ first }) => first)?.id ?? this.#signedIn?.id;
  }

  nameOf(record: Owned): string | undefined {
    const owner = this.ownerOf(record);
    return this.#workers.find(({ id }) => id === owner)?.name;
  }

  openDrafts(drafts: readonly StoredDraft[]): Promise<StoredDraft[]> {
    return Promise.all(drafts.map((draft) => this.openDraft(draft)));
  }

  async ownDraft(draft: StoredDraft | undefined): Promise<StoredDraft | undefined> {
    return draft && this.isVisible(draft) ? this.openDraft(draft) : undefined;
  }

  async close(draft: StoredDraft, files: readonly StoredAttachment[]): Promise<ClosedDraft> {
    const closed = await this.closeDraft(draft);
    return { draft: closed, files: await Promise.all(files.map((file) => this.closeFile(file))) };
  }

  async openDraft(draft: StoredDraft): Promise<StoredDraft> {
    if (draft.sealed === undefined) return draft;
    const found = await this.#find(draft.id, draft.keys);
    const content = found && (await this.#ciphers.open(found.key, draft.sealed, aboutDraft(draft)));
    if (content === undefined) return draft;
    const { keys, opened, worker } = draft;
    const whole: StoredDraft = JSON.parse(textOf(content));
    return {
      ...whole,
      ...(keys === undefined ? {} : { keys }),
      ...(opened === undefined ? {} : { opened }),
      ...(worker === undefined ? {} : { worker }),
    };
  }

  /** A correction of what lies in clear stays in clear, until both are settled: its key must be one for both. */
  async closeDraft(
    { keys, sealed: _, ...draft }: StoredDraft,
    { anew = draft.corrects === undefined } = {},
  ): Promise<StoredDraft> {
    const found = await this.#findOrMake(draft, { keys, anew });
    if (found === undefined) return draft;
    const content = bytesOf(JSON.stringify(draft));
    const beside: Partial<StoredDraft> = Object.fromEntries(Object.entries(draft).filter(([name]) => BESIDE.has(name)));
    const { id, form, lang, shown, begunAt, changedAt } = draft;
    const blank = { position: '', answersJson: '', shortTitle: '' };
    const sealed = await this.#ciphers.seal(found.key, content, aboutDraft(draft));
    return { ...beside, id, form, lang, shown, begunAt, changedAt, ...blank, keys: found.keys, sealed };
  }

  /** Undefined when nobody here may open it; a damaged one as it lies, so that its hash tells. */
  async openFile(file: StoredAttachment | undefined): Promise<StoredAttachment | undefined> {
    if (file?.sealed === undefined) return file;
    const { sealed: iv, ...plain } = file;
    const found = await this.#find(file.responseId);
    if (found === undefined) return undefined;
    const content = await this.#ciphers.open(found.key, { iv, content: file.content }, aboutFile(file));
    return content === undefined ? file : { ...plain, ...namedIn(content) };
  }

  async closeFile(file: StoredAttachment): Promise<StoredAttachment> {
    if (file.sealed !== undefined) return file;
    const found = await this.#find(file.responseId);
    if (found === undefined) return file;
    const { iv, content } = await this.#ciphers.seal(found.key, withName(file), aboutFile(file));
    return { ...file, content, givenName: '', sealed: iv };
  }

  openLines(lines: readonly StoredLine[]): Promise<StoredLine[]> {
    return Promise.all(lines.map((line) => this.#openLine(line)));
  }

  async ownRevision(revision: StoredRevision | undefined): Promise<StoredRevision | undefined> {
    return revision && this.isVisible(revision) ? this.openRevision(revision) : undefined;
  }

  async openRevision(revision: StoredRevision): Promise<StoredRevision | undefined> {
    if (revision.keys === undefined) return revision;
    const parts: (string | null)[] = [];
    for (const [place, part] of revision.parts.entries()) {
      const opened = part === null ? null : await this.#opened(revision, part, `part ${place}`);
      if (opened === undefined) return undefined;
      parts.push(opened);
    }
    return { ...revision, parts, shortTitle: (await this.#opened(revision, revision.shortTitle, 'title')) ?? '' };
  }

  openRevisions(revisions: readonly StoredRevision[]): Promise<StoredRevision[]> {
    return Promise.all(revisions.map(async (revision) => (await this.ownRevision(revision)) ?? wordless(revision)));
  }

  /** It can be sent from now on, also when nobody is signed in. */
  async closeRevision(
    { keys, ...revision }: StoredRevision,
    { anew = revision.corrects === undefined } = {},
  ): Promise<StoredRevision> {
    const found = await this.#findOrMake({ ...revision, id: revision.responseId }, { keys, anew });
    if (found === undefined) return revision;
    const close = async (text: string, what: string) =>
      joined(await this.#ciphers.seal(found.key, bytesOf(text), `${what} ${revision.rev}`));
    const parts: (string | null)[] = [];
    for (const [place, part] of revision.parts.entries())
      parts.push(part === null ? null : await close(part, `part ${place}`));
    const shortTitle = revision.shortTitle === '' ? '' : await close(revision.shortTitle, 'title');
    return { ...revision, parts, shortTitle, keys: await this.withPhone(revision.responseId, found.keys) };
  }

  /** Undefined, and nothing to add, when the phone has no key or the response none that opens. */
  async withPhone(id: string, keys: StoredKeys): Promise<StoredKeys> {
    const found = await this.#find(id, keys);
    if (keys.phone !== undefined || this.#phone === undefined || found === undefined) return keys;
    return { ...keys, phone: await this.#ciphers.seal(this.#phone, found.bytes, aboutKey(id)) };
  }

  async withOwn(id: string, keys: StoredKeys): Promise<StoredKeys> {
    const found = await this.#find(id, keys);
    const own = this.#signedIn?.key;
    if (found === undefined || own === undefined || (await this.#unwrap(id, keys.own, own)) !== undefined) return keys;
    return { ...keys, own: await this.#ciphers.seal(own, found.bytes, aboutKey(id)) };
  }

  /** Wrapped anew, or let go: what is remembered of it no more holds. */
  forget(id: string): void {
    this.#found.delete(id);
  }

  async #openLine(line: StoredLine): Promise<StoredLine> {
    const { rev, keys, shortTitle } = line;
    if (keys === undefined || shortTitle === '') return line;
    if (!this.isVisible(line)) return { ...line, shortTitle: '' };
    const title = this.#titles.get(rev) ?? (await this.#opened(line, shortTitle, 'title')) ?? '';
    this.#titles.set(rev, title);
    return { ...line, shortTitle: title };
  }

  async #opened(revision: Named, text: string, what: string): Promise<string | undefined> {
    const found = await this.#find(revision.responseId, revision.keys);
    const content = found && (await this.#ciphers.open(found.key, parted(text), `${what} ${revision.rev}`));
    return content && textOf(content);
  }

  async #findOrMake(
    { id, visit, ...owned }: Pick<StoredDraft, 'id' | 'visit' | 'worker'>,
    { keys, anew }: { readonly keys: StoredKeys | undefined; readonly anew: boolean },
  ): Promise<ResponseKey | undefined> {
    const there = await this.#find(id, keys);
    if (there !== undefined || visit !== undefined) return there;
    if (keys !== undefined || (await this.#keysOnDisk(id)).length > 0)
      throw new StorageLocked(`Response ${id} has a key, and nobody is signed in who may use it.`);
    const owner = this.ownerOf(owned);
    const hasPin = this.#workers.some((worker) => worker.id === owner && worker.lock !== undefined);
    return hasPin && anew ? this.#make(id, owner) : undefined;
  }

  /** For a worker who is not signed in it is the phone's, until they are. */
  async #make(id: string, owner: string | undefined): Promise<ResponseKey> {
    const bytes = await this.#ciphers.newKey();
    const own = this.#signedIn?.id === owner ? this.#signedIn?.key : undefined;
    const wrapping = own ?? this.#phone;
    if (wrapping === undefined) throw new StorageLocked('This phone has no key of its own.');
    const wrapped = await this.#ciphers.seal(wrapping, bytes, aboutKey(id));
    const made = { bytes, key: await this.#ciphers.key(bytes), keys: own ? { own: wrapped } : { phone: wrapped } };
    this.#found.set(id, made);
    return made;
  }

  async #find(id: string, hint?: StoredKeys): Promise<ResponseKey | undefined> {
    const known = this.#found.get(id);
    if (known !== undefined) return known;
    const signedIn = this.#signedIn;
    for (const keys of [...(hint === undefined ? [] : [hint]), ...(await this.#keysOnDisk(id))]) {
      const bytes =
        (await this.#unwrap(id, keys.own, signedIn?.key)) ?? (await this.#unwrap(id, keys.phone, this.#phone));
      if (bytes === undefined) continue;
      const found = { bytes, key: await this.#ciphers.key(bytes), keys };
      // Locked meanwhile: what was opened before is not remembered for who comes next.
      if (signedIn === this.#signedIn) this.#found.set(id, found);
      return found;
    }
    return undefined;
  }

  async #unwrap(id: string, wrapped?: Sealed, key?: CryptoKey): Promise<ArrayBuffer | undefined> {
    return wrapped && key && this.#ciphers.open(key, wrapped, aboutKey(id));
  }

  async #keysOnDisk(id: string): Promise<readonly StoredKeys[]> {
    const records = await this.#connection.run(async (database) => [
      await database.get('drafts', id),
      ...(await database.getAllFromIndex('revisions', 'responseId', id)),
    ]);
    return records.flatMap((record) => (record?.keys === undefined ? [] : [record.keys]));
  }
}

function wordless(revision: StoredRevision): StoredRevision {
  return { ...revision, parts: revision.parts.map(() => null), shortTitle: '' };
}

function aboutKey(id: string): string {
  return `key ${id}`;
}

function aboutDraft({ id }: Pick<StoredDraft, 'id'>): string {
  return `draft ${id}`;
}

function aboutFile({ sha256 }: StoredAttachment): string {
  return `file ${sha256}`;
}
