/** From a draft to the revision that is stored and sent. */

import type { StoredDraft, StoredRevision } from '../store/schema.ts';
import { buildRevision } from '../sync/record.ts';
import type { Credentials } from './enrolment.ts';

interface Finalising {
  readonly credentials: Credentials;
  /** JSON text of the relevant answers, as the engine wrote it. */
  readonly answersJson: string;
  readonly madeAt: string;
  readonly salt: Uint8Array;
}

export function finalisedRevision(
  draft: StoredDraft,
  { credentials, answersJson, madeAt, salt }: Finalising,
): StoredRevision {
  const { rev, header, parts } = buildRevision({
    responseId: draft.id,
    form: draft.form,
    texts: new Map(draft.shown),
    lang: draft.lang,
    neighbourhood: credentials.neighbourhood.id,
    author: credentials.name,
    device: credentials.device,
    madeAt,
    answersJson,
    salt,
  });
  return {
    rev,
    header,
    parts,
    state: 'finalised',
    responseId: draft.id,
    form: draft.form,
    lang: draft.lang,
    shortTitle: draft.shortTitle,
    finalisedAt: madeAt,
  };
}
