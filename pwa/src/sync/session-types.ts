/** The nouns of a session: its phases, what can happen, and what is to be done. The verbs are in session.ts. */

import type { NetworkAnswer } from '../environment.ts';
import type { Batch } from './batch.ts';
import type { ChangesPage, Hello, Receipt } from './messages.ts';

export type Trouble =
  | 'no-connection'
  | 'not-our-server'
  | 'server-busy'
  | 'server-error'
  | 'enrol-again'
  | 'app-too-old';

export type Phase =
  | { readonly kind: 'resting' }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'gathering'; readonly hello: Hello }
  | { readonly kind: 'pushing'; readonly hello: Hello; readonly revs: readonly string[] }
  | { readonly kind: 'noting'; readonly hello: Hello }
  | { readonly kind: 'asking'; readonly hello: Hello }
  | { readonly kind: 'keeping'; readonly hello: Hello; readonly page: ChangesPage }
  | { readonly kind: 'waiting'; readonly until: number; readonly why: Trouble }
  | { readonly kind: 'stopped'; readonly why: Trouble };

export interface Session {
  readonly phase: Phase;
  /** Halved when a push times out, doubled when one succeeds. */
  readonly batchItems: number;
  /** Failures since the last success. */
  readonly failures: number;
  /** Revs that are not offered again in this pass: the server said later, or said nothing about them. */
  readonly setAside: readonly string[];
  /** The longest wait that a `retry` receipt of this pass asked for, in milliseconds. */
  readonly retryAfter: number;
  /** A reset was obeyed in this pass; a second one waits for the next, or a confused server would keep us running. */
  readonly wasReset: boolean;
  /** Asked for while under way: go round once more. */
  readonly again: boolean;
}

export type WakeReason = 'open' | 'online' | 'visible' | 'timer' | 'button' | 'finalised';

/** `at`: milliseconds since 1970. `fraction`: chance for the jitter, at least 0 and under 1. */
export type Event = { readonly at: number; readonly fraction: number } & (
  | { readonly kind: 'wake'; readonly reason: WakeReason }
  | { readonly kind: 'gathered'; readonly batch: Batch | undefined }
  | { readonly kind: 'answered'; readonly answer: NetworkAnswer }
  | { readonly kind: 'kept' }
  | { readonly kind: 'store-failed' }
);

export type Call =
  | { readonly name: 'hello' }
  | { readonly name: 'push'; readonly body: string }
  | { readonly name: 'changes'; readonly serverId: string };

export type Effect =
  | { readonly kind: 'send'; readonly call: Call }
  | { readonly kind: 'gather'; readonly items: number; readonly setAside: readonly string[] }
  | { readonly kind: 'note-receipts'; readonly receipts: readonly Receipt[] }
  | { readonly kind: 'renew-token'; readonly token: string }
  | { readonly kind: 'keep-page'; readonly page: ChangesPage; readonly serverId: string; readonly safeSeq: number }
  | { readonly kind: 'check-forms'; readonly hash: string }
  | { readonly kind: 'finished' }
  | { readonly kind: 'wake-after'; readonly milliseconds: number };

export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
}
