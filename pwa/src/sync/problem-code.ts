/** Why a server turned something down (RFC 9457). */

import { fieldsOf, parseJson, textOf } from './shape.ts';

/** The `code` of a problem+json answer, '' when it is not one. */
export function readProblemCode(body: string): string {
  return textOf(fieldsOf(parseJson(body)).get('code')) ?? '';
}
