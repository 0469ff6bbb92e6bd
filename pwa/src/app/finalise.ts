/** From a draft to the revision that is stored and sent. */

import type { AttachmentReference, StoredDraft, StoredRevision } from '../store/schema.ts';
import { buildRevision } from '../sync/record.ts';
import type { Credentials } from './enrolment.ts';

interface Finalising {
  readonly credentials: Credentials;
  /** JSON text of the relevant answers by part, as the engine wrote it. */
  readonly parts: ReadonlyMap<string, string>;
  /** Those that the answers name. */
  readonly attachments: readonly AttachmentReference[];
  readonly madeAt: string;
  readonly salt: () => Uint8Array;
}

/** It stays in the neighbourhood that it was begun in, also when the phone has got a link for another one since. */
export function finalisedRevision(
  draft: StoredDraft,
  { credentials, parts: answers, attachments, madeAt, salt }: Finalising,
): StoredRevision {
  const { rev, header, parts } = buildRevision({
    responseId: draft.id,
    corrects: draft.corrects,
    venue: draft.venue,
    form: draft.form,
    texts: new Map(draft.shown),
    lang: draft.lang,
    neighbourhood: draft.neighbourhood ?? credentials.neighbourhood.id,
    // Whoever holds the phone now, a resident answered without a name.
    author: draft.visit === undefined ? credentials.name : '',
    device: credentials.device,
    madeAt,
    parts: [...answers].map(([name, answersJson]) => ({ name, answersJson, salt: salt() })),
    attachments,
    visit: draft.visit,
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
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(draft.visit === undefined ? {} : { visit: draft.visit }),
    ...(draft.worker === undefined ? {} : { worker: draft.worker }),
    ...(draft.keys === undefined ? {} : { keys: draft.keys }),
    ...(draft.corrects === undefined ? {} : { corrects: draft.corrects }),
    ...(draft.answered === undefined ? {} : { answered: draft.answered }),
  };
}
