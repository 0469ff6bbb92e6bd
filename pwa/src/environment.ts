/**
 * The only door to the world. Everything below `platform/` gets what it needs through these types, so that a test can
 * stand in for the phone. The adapters for real browsers are in `platform/`.
 */

export interface Environment {
  readonly clock: Clock;
  readonly random: Random;
  readonly digests: Digests;
  readonly network: Network;
  readonly storage: DeviceStorage;
  readonly locks: Locks;
  readonly locale: Locale;
  readonly page: Page;
  /** What locking a phone needs besides; fetched apart: rejects when it cannot be had now. */
  readonly guard: () => Promise<Guard>;
}

export interface Guard {
  /** Undefined where the browser has none (plain http). */
  readonly subtle: SubtleCrypto | undefined;
  /** How many rounds of PBKDF2 take a person's patience here, and not more. */
  rounds(): Promise<number>;
  /** Somebody touches the screen, types, or moves the mouse. */
  onTouch(listener: () => void): void;
  /** To the other tabs of this browser. */
  tell(news: string): void;
  onNews(listener: (news: string) => void): void;
}

export interface Clock {
  /** Milliseconds since 1970 by the phone's clock, which may be wrong: testimony, never used for order. */
  now(): number;
  /** Minutes that local time is ahead of UTC. */
  offset(): number;
  /** Run once after so many milliseconds; returns how to call it off. */
  after(milliseconds: number, run: () => void): () => void;
}

export interface Random {
  /** Unpredictable bytes: salts and ids are made of them. */
  bytes(count: number): Uint8Array;
  /** At least 0, under 1; for jitter and for forms' random(). */
  fraction(): number;
}

export interface Digests {
  /** SHA-256 off the main thread, for what is large; undefined where the browser has none (plain http). */
  sha256(bytes: ArrayBuffer): Promise<ArrayBuffer | undefined>;
}

export interface NetworkRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  /** On our own server: `/sync/v1/push`. */
  readonly path: string;
  readonly token?: string;
  /** JSON text; it goes gzipped when `gzip` asks for that and the browser can. */
  readonly body?: string;
  readonly gzip?: boolean;
  /** A part of a file, and where in the file it begins. */
  readonly piece?: { readonly content: ArrayBuffer; readonly offset: number };
  readonly timeout: number;
  /** What this phone says of itself (sync/README.md); left out: nothing. */
  readonly phone?: string;
}

export type NetworkAnswer =
  | {
      readonly kind: 'answer';
      /** 0 when the answer was a redirect to somewhere else. */
      readonly status: number;
      readonly body: string;
      /** Milliseconds, from Retry-After. */
      readonly retryAfter?: number;
      /** How much of a file the server has, from Upload-Offset; and how long it is, from Upload-Length. */
      readonly offset?: number;
      readonly length?: number;
    }
  /** Nothing came back, or not all of it: what we sent may or may not have arrived. */
  | { readonly kind: 'lost'; readonly why: 'unreachable' | 'timeout' };

/** Bytes that anybody may have. */
export interface DownloadRequest {
  readonly path: string;
  readonly timeout: number;
}

/** `found`: a whole answer with status 200. */
export type Download =
  | { readonly kind: 'found'; readonly content: ArrayBuffer; readonly type: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'lost' };

/** A file that may be long, or that may not have changed. */
export interface LongRequest {
  readonly path: string;
  readonly token?: string;
  /** What is here already: the answer is 304 when it is still so. */
  readonly etag?: string;
  /** Where in the file to begin; the answer is 206 when the server does. */
  readonly from?: number;
  /** Milliseconds without a byte, after which it is given up. */
  readonly patience: number;
}

export type LongAnswer =
  /** `pieces` throws where it breaks off; whoever stops reading ends the fetch. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly etag?: string;
      readonly pieces: AsyncIterable<Uint8Array>;
    }
  | { readonly kind: 'lost' };

export interface LongNetwork {
  /** Never rejects. */
  ask(request: LongRequest): Promise<LongAnswer>;
  /** From now on this phone can draw maps without a network. */
  keepMaps(): void;
}

export interface Network {
  /** Never rejects. */
  send(request: NetworkRequest): Promise<NetworkAnswer>;
  /** Whether each byte costs or is slow, as far as the browser tells; undefined or absent: it does not. */
  dear?(): boolean | undefined;
  /** Never rejects. */
  download(request: DownloadRequest): Promise<Download>;
  /** Fetched apart: rejects when it cannot be had now. */
  long?(): Promise<LongNetwork>;
}

export interface DeviceStorage {
  /** False where the browser gives a page no IndexedDB. */
  readonly usable: boolean;
  /** Ask the browser not to evict us; false when it will not promise, or cannot. */
  persist(): Promise<boolean>;
  /** How much room there is for this page; undefined where the browser does not tell. */
  room(): Promise<Room | undefined>;
  /** A small mark kept apart from IndexedDB, to notice that IndexedDB alone was emptied. */
  mark(): Mark | undefined;
  leaveMark(mark: Mark): void;
}

/** Bytes. `free` is what the browser would still give us. */
export interface Room {
  readonly used: number;
  readonly free: number;
}

export interface Mark {
  /** Interviews that were nowhere but on this phone when the mark was left; absent when the count was emptied too. */
  readonly unsent?: number;
}

export interface Locks {
  /** False where the browser has none (Safari before 15.4, plain http): then `hold` gives every name to everybody. */
  readonly available: boolean;
  /** Where there are none: a name of this tab that outlives its reloads; undefined where the browser keeps none. */
  readonly tab?: () => string | undefined;
  /** Hold this name among all tabs until `release`. Undefined: another tab still had it after `patience` milliseconds. */
  hold(name: string, patience: number): Promise<{ readonly release: () => void } | undefined>;
}

export interface Locale {
  /** BCP 47 tags, most wanted first. */
  readonly preferred: readonly string[];
}

/** Whether the app opens without a network. `impossible`: this browser cannot keep it (plain http, a private window). */
export type ShellState = 'fetching' | 'kept' | 'impossible';

export type WakeReason = 'online' | 'visible';

export interface Page {
  /** The one-time secret in `/enrol#secret`. */
  secret(): string | undefined;
  forgetSecret(): void;
  /** `<html lang dir>`. */
  showLanguage(lang: string, direction: 'ltr' | 'rtl'): void;
  /** `<html data-look data-size>`: what styles/tokens.css goes by. */
  showLooks(colours: string, large: boolean): void;
  /** `<html data-saved>`: lets tests and people's own scripts know. */
  showSaved(saved: boolean): void;
  /** The network is back, or the page is looked at again. */
  onWake(listener: (reason: WakeReason) => void): void;
  /** All of the app is on this phone, or never will be. */
  onShell(listener: (state: ShellState) => void): void;
  /** Run once, in the first pause: nobody taps, and nothing is being fetched that somebody waits for. */
  whenQuiet(run: () => void): void;
  /** A newer app is downloaded and waits. */
  onUpdate(listener: () => void): void;
  /** Let the newer app take over, and reload. */
  useUpdate(): void;
  /** The browser would put the app on the home screen, and asks the person when told to; undefined: not any more. Some never do. */
  onInstall?(listener: (offer: (() => Promise<boolean>) | undefined) => void): void;
}
