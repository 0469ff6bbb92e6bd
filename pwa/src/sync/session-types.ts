/**
 * The nouns of a session: its phases, what can happen, and what is to be done. The verbs are in session.ts.
 * All are plain JSON values, so that a transcript or another program can hold them; what is absent is left out.
 * `sync/session_types.py` is the same in Python.
 */

import type { NetworkAnswer } from '../environment.ts';
import type { Batch } from './batch.ts';
import type { ChangesPage, HeldAttachment, HeldRevision, Hello, Receipt } from './messages.ts';

export type Trouble =
  | 'no-connection'
  | 'not-our-server'
  | 'server-busy'
  | 'server-error'
  | 'server-too-old'
  /** This phone could not read or write what it keeps. */
  | 'storage-failed'
  | 'enrol-again'
  | 'app-too-old';

/** An attachment that waits to be sent; `bytes`: its whole length. */
export interface Upload {
  readonly sha256: string;
  readonly bytes: number;
}

/** So much of an attachment is with the server. */
export interface Place {
  readonly sha256: string;
  readonly offset: number;
}

/** Sent, and neither the feed nor a `have` has said that the server holds them. */
export interface Unconfirmed {
  readonly revs: readonly string[];
  readonly attachments: readonly string[];
}

export type Phase =
  | { readonly kind: 'resting' }
  | { readonly kind: 'gathering' }
  | { readonly kind: 'pushing'; readonly revs: readonly string[] }
  /** The store writes what was heard; `kept` or `store-failed` follows. */
  | { readonly kind: 'keeping' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'checking'; readonly names: readonly string[] }
  | { readonly kind: 'measuring'; readonly upload: Upload }
  | { readonly kind: 'uploading'; readonly upload: Upload; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'marking'; readonly sha256: string }
  | { readonly kind: 'waiting'; readonly until: number; readonly why: Trouble }
  | { readonly kind: 'stopped'; readonly why: Trouble };

export interface Session {
  readonly phase: Phase;
  /** Halved when a push times out, doubled when one succeeds. */
  readonly batchItems: number;
  /** Length of the next piece of an attachment: halved when one is lost, doubled when one arrives. */
  readonly pieceBytes: number;
  /** Failures since the last success. */
  readonly failures: number;
  /** Revs and sha256s that are not offered again in this pass: the server said later, or no, or nothing about them. */
  readonly setAside: readonly string[];
  /** Names that a `have` of this pass has asked about: each is asked about once. */
  readonly asked: readonly string[];
  /** Attachments whose place the server has put right in this pass: that is believed once of each. */
  readonly corrected: readonly string[];
  /** The longest wait that a `retry` receipt of this pass asked for, in milliseconds. */
  readonly retryAfter: number;
  /** A reset was obeyed in this pass; a second one waits for the next, or a confused server would keep us running. */
  readonly wasReset: boolean;
  /** Whether the feed was read to its end in this pass. `earlier`: yes, but an attachment has arrived there since. */
  readonly heard: 'no' | 'yes' | 'earlier';
  /** Pages of the feed in this pass. */
  readonly pages: number;
  /** Known, so that the server need not be asked for it. */
  readonly place?: Place | undefined;
  /** Where the piece began that was lost last: a server that has more by now shows that the line carries something. */
  readonly cut?: Place | undefined;
  /** What the server said of itself last in this pass. */
  readonly server?: Hello | undefined;
  /** Asked for while under way. `look`: the store has something new. `pass`: a person's finger wants all of it again. */
  readonly again: 'no' | 'look' | 'pass';
}

export type WakeReason = 'open' | 'online' | 'visible' | 'timer' | 'button' | 'finalised';

/** `at`: milliseconds since 1970. `fraction`: chance for the jitter, at least 0 and under 1. */
export type Event = { readonly at: number; readonly fraction: number } & (
  | { readonly kind: 'wake'; readonly reason: WakeReason }
  | {
      readonly kind: 'gathered';
      readonly batch?: Batch | undefined;
      readonly unconfirmed: Unconfirmed;
      /** The oldest of the attachments whose revision is already sent. */
      readonly upload?: Upload | undefined;
    }
  | { readonly kind: 'answered'; readonly answer: NetworkAnswer }
  | { readonly kind: 'kept' }
  /** While `uploading`: that one attachment cannot be read. Otherwise nothing of the effect was written. */
  | { readonly kind: 'store-failed' }
);

export type Call =
  | { readonly name: 'push'; readonly body: string }
  /** From the cursor that the store keeps. */
  | { readonly name: 'changes' }
  | { readonly name: 'have'; readonly body: string }
  /** HEAD: how much of it does the server have? */
  | { readonly name: 'measure'; readonly sha256: string }
  /** PATCH: one piece, `bytes` long, from `offset` on. */
  | { readonly name: 'upload'; readonly sha256: string; readonly offset: number; readonly bytes: number };

/**
 * What a server says of itself. Without a page of its log at hand it vouches for none: then `safeSeq` is 0 and `time` ''.
 * With a refusal of a whole push it may not even have named itself: then `serverId` is ''.
 */
export interface Source {
  readonly serverId: string;
  /** Every change up to this seq of that server is in a verified backup. */
  readonly safeSeq: number;
  /** The server's clock, ISO 8601 UTC. */
  readonly time: string;
}

export type Effect =
  | { readonly kind: 'send'; readonly call: Call }
  /** Read what waits, without the names in `setAside`, whichever kind of name they are. */
  | { readonly kind: 'gather'; readonly items: number; readonly setAside: readonly string[] }
  | { readonly kind: 'renew-token'; readonly token: string }
  /** In one transaction and in this order: the page's reset, the receipts, the page's changes, its cursor, what is safe. */
  | ({ readonly kind: 'keep'; readonly receipts: readonly Receipt[]; readonly page?: ChangesPage } & Source)
  | ({
      readonly kind: 'keep-have';
      readonly held: readonly HeldRevision[];
      readonly heldAttachments: readonly HeldAttachment[];
      readonly missing: readonly string[];
      readonly missingAttachments: readonly string[];
    } & Source)
  /** All of it has arrived. */
  | { readonly kind: 'mark-uploaded'; readonly sha256: string }
  | { readonly kind: 'check-forms'; readonly hash: string }
  | { readonly kind: 'finished' }
  | { readonly kind: 'wake-after'; readonly milliseconds: number };

export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
}
