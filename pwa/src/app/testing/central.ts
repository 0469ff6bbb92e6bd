/** A server in memory, as far as a phone can tell: one log, receipts, changes, questions about what it has, files in pieces. */

import type { NetworkAnswer, NetworkRequest } from '../../environment.ts';
import { sha256OfBytes } from '../../sync/sha256.ts';

interface Entry {
  readonly kind: 'response' | 'attachment' | 'erased' | 'review';
  readonly [member: string]: unknown;
}

interface Item {
  readonly rev: string;
  readonly header: string;
}

export class FakeCentral {
  /** Headers, as they come. */
  readonly pushed: string[];
  /** What the files hold so far, by sha256. */
  readonly files: Map<string, Uint8Array> = new Map();
  log: Entry[] = [];
  serverId = 's';
  epoch = 'first';
  protocol = { min: 1, max: 1 };
  safeSeq = 0;
  time = '2026-11-20T12:00:00.000Z';
  forms = '';
  #headers = new Map<string, string>();

  constructor(pushed: string[] = []) {
    this.pushed = pushed;
  }

  answer(request: NetworkRequest): NetworkAnswer {
    const { method, path, body = '' } = request;
    if (path === '/sync/v1/push') return this.#push(JSON.parse(body));
    if (path === '/sync/v1/have') return this.#have(JSON.parse(body));
    if (path.startsWith('/sync/v1/changes'))
      return json({ ...this.#page(decodeURIComponent(/since=([^&]*)/.exec(path)?.[1] ?? '')), hello: this.#hello() });
    if (method === 'HEAD') return this.#measure(path.replace(/^.*\//, ''));
    return this.#append(path.replace(/^.*\//, ''), request.piece);
  }

  /** From last night's backup: the log is cut off after `seq`, and is another one from there. */
  restore(seq: number): void {
    const lost = this.log.slice(seq);
    for (const { rev, sha256: file } of lost) {
      this.#headers.delete(String(rev));
      this.files.delete(String(file));
    }
    this.log = this.log.slice(0, seq);
    this.epoch += ' again';
  }

  erase(entry: {
    readonly id: string;
    readonly parts: readonly string[];
    readonly attachments: readonly string[];
  }): void {
    this.log.push({ kind: 'erased', ...entry });
  }

  #hello(): unknown {
    const { protocol, serverId: server_id, time, forms, safeSeq: safe_seq } = this;
    return { protocol, server_id, epoch: this.epoch, time, limits: { items: 500, bytes: 1_048_576 }, forms, safe_seq };
  }

  #push({ items, since }: { readonly items: readonly Item[]; readonly since?: string }): NetworkAnswer {
    const receipts = items.map((item, index) => ({ index, rev: item.rev, ...this.#take(item) }));
    return json({ receipts, hello: this.#hello(), ...(since === undefined ? {} : { page: this.#page(since) }) });
  }

  #take({ rev, header }: Item): object {
    this.pushed.push(header);
    const status = this.#headers.has(rev) ? 'duplicate' : 'stored';
    const { id, attachments }: { id: string; attachments: { sha256: string }[] } = JSON.parse(header);
    if (status === 'stored') this.log.push({ kind: 'response', id, rev, state: 'held' });
    this.#headers.set(rev, header);
    const missing = attachments.filter((file) => !this.#has(file.sha256)).map((file) => file.sha256);
    return { status, seq: this.#seqOf('rev', rev), missing };
  }

  #page(since: string): object {
    const [epoch = '', seq = '0'] = since.split(':');
    const reset = since !== '' && epoch !== this.epoch;
    const from = reset || since === '' ? 0 : Number(seq);
    const changes = this.log.map((entry, place) => ({ seq: place + 1, ...entry })).slice(from);
    return { reset, changes, cursor: `${this.epoch}:${this.log.length}`, more: false };
  }

  #have({ revs = [], attachments = [] }: { revs?: readonly string[]; attachments?: readonly string[] }): NetworkAnswer {
    return json({
      held: revs.filter((rev) => this.#headers.has(rev)).map((rev) => ({ rev, seq: this.#seqOf('rev', rev) })),
      missing: revs.filter((rev) => !this.#headers.has(rev)),
      held_attachments: attachments
        .filter((name) => this.#has(name))
        .map((name) => ({ sha256: name, seq: this.#seqOf('sha256', name) })),
      missing_attachments: attachments.filter((name) => !this.#has(name)),
      hello: this.#hello(),
    });
  }

  #measure(name: string): NetworkAnswer {
    const length = this.#lengthOf(name);
    if (length === undefined) return { kind: 'answer', status: 404, body: '' };
    return { kind: 'answer', status: 200, body: '', offset: this.files.get(name)?.length ?? 0, length };
  }

  #append(name: string, piece: NetworkRequest['piece']): NetworkAnswer {
    const [there, length] = [this.files.get(name) ?? new Uint8Array(), this.#lengthOf(name) ?? 0];
    if (piece?.offset !== there.length)
      return { kind: 'answer', status: 409, body: '{"code":"offset-mismatch"}', offset: there.length, length };
    const grown = new Uint8Array([...there, ...new Uint8Array(piece.content)]);
    this.files.set(name, grown);
    if (grown.length === length && sha256OfBytes(grown) === name && !this.#has(name))
      this.log.push({ kind: 'attachment', sha256: name });
    return { kind: 'answer', status: 204, body: '', offset: grown.length, length };
  }

  /** Whole and durable. */
  #has(name: string): boolean {
    return this.#seqOf('sha256', name) > 0;
  }

  #seqOf(member: 'rev' | 'sha256', name: string): number {
    return this.log.findIndex((entry) => entry[member] === name) + 1;
  }

  #lengthOf(name: string): number | undefined {
    for (const header of this.#headers.values()) {
      const { attachments }: { attachments: { sha256: string; bytes: number }[] } = JSON.parse(header);
      const found = attachments.find((file) => file.sha256 === name);
      if (found !== undefined) return found.bytes;
    }
    return undefined;
  }
}

function json(value: unknown): NetworkAnswer {
  return { kind: 'answer', status: 200, body: JSON.stringify(value) };
}
