/** An interview becomes a revision on the disk. Fetched with files.ts, once the first question is on the screen. */

import type { Environment } from '../environment.ts';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { finaliseDraft } from '../store/finalising.ts';
import type { StoredDraft } from '../store/schema.ts';
import { SALT_BYTES } from '../sync/record.ts';
import type { Credentials } from './enrolment.ts';
import { finalisedRevision } from './finalise.ts';
import { utcText } from './moments.ts';
import { namedFiles } from './named-files.ts';
import { NO_INTERVIEW, outcomeTitle } from './outcome-title.ts';
import type { Attempt, Storage } from './storage.ts';

export interface Finishing {
  readonly draft: StoredDraft;
  readonly form: Form;
  /** The words shown last. */
  readonly pack: TextPack;
  readonly credentials: Credentials;
}

export function storeRevision(
  { draft, form, pack, credentials }: Finishing,
  { environment, storage }: { readonly environment: Environment; readonly storage: Storage },
): Promise<Attempt<'finalised' | 'not-found'>> {
  const { clock, random } = environment;
  // Nothing is typed in it that could name it.
  const named = draft.form.id === NO_INTERVIEW ? { ...draft, shortTitle: outcomeTitle(form, pack) } : draft;
  const revision = finalisedRevision(named, {
    credentials,
    parts: form.finalParts(),
    attachments: namedFiles(form, draft.attachments ?? []),
    madeAt: utcText(clock.now()),
    salt: () => random.bytes(SALT_BYTES),
  });
  return storage.writeVital((connection) => finaliseDraft(connection, revision, draft.opened));
}
