/** The one answer on which a phone empties itself: a person signed off this very device (sync/README.md). */

import type { NetworkAnswer } from '../environment.ts';
import { fieldsOf, parseJson } from './shape.ts';

/** A token that is unknown, out of date or replaced is turned down with the same code, and without that word. */
export function saysRevoked(answer: NetworkAnswer): boolean {
  if (answer.kind !== 'answer' || answer.status !== 403) return false;
  const fields = fieldsOf(parseJson(answer.body));
  return fields.get('code') === 'device-not-allowed' && fields.get('revoked') === true;
}
