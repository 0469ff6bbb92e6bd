/** How much goes at once: batches and pieces grow with what gets through and shrink with what does not. */

import { BATCH_ITEMS } from './batch.ts';
import type { Place, Session } from './session-types.ts';

/** Bytes of a piece of an attachment. */
export const FIRST_PIECE = 65_536;
export const SHORTEST_PIECE = 8_192;
export const LONGEST_PIECE = 1_048_576;

/** A push was answered. */
export function withLargerBatch(session: Session): Session {
  return { ...session, batchItems: Math.min(BATCH_ITEMS, session.batchItems * 2) };
}

/** A piece has arrived. */
export function withLargerPiece(session: Session): Session {
  const pieceBytes = Math.min(LONGEST_PIECE, session.pieceBytes * 2);
  return { ...session, pieceBytes, failures: 0, cut: undefined };
}

/** More has come through than the piece that was lost began with: the line is bad, but not dead. */
export function encouraged(session: Session, { sha256, offset }: Place): Session {
  const { cut } = session;
  if (cut === undefined || cut.sha256 !== sha256) return session;
  return { ...session, failures: offset > cut.offset ? 0 : session.failures, cut: undefined };
}

/** Something failed. `lost`: nothing was heard; half of it next time, at least one item or the shortest piece. */
export function discouraged(session: Session, lost: 'no' | 'unreachable' | 'timeout'): Session {
  const { phase, pieceBytes } = session;
  if (phase.kind === 'pushing' && lost === 'timeout')
    return { ...session, batchItems: Math.max(1, Math.floor(phase.revs.length / 2)) };
  if (phase.kind !== 'uploading') return session;
  const cut: Place = { sha256: phase.upload.sha256, offset: phase.offset };
  return { ...session, cut, pieceBytes: lost === 'no' ? pieceBytes : Math.max(SHORTEST_PIECE, pieceBytes / 2) };
}
