/**
 * Correcting a finished response: a draft with its answers, which becomes a revision of its own when it is finished. The first stays as
 * it is, sent or not; nobody's bytes are changed.
 */

import { readDraft, saveDraft } from '../store/drafts.ts';
import { readReviews } from '../store/reviews.ts';
import { isErased, readRevisionOf } from '../store/revisions.ts';
import type { StoredDraft, StoredReview, StoredRevision } from '../store/schema.ts';
import { fieldsOf, parseJson, textOf } from '../sync/shape.ts';
import type { CorrectOutcome } from './actions.ts';
import type { InterviewDesk } from './desk.ts';
import { newDraft } from './drafts.ts';
import type { Credentials } from './enrolment.ts';
import type { Material, Materials } from './materials.ts';
import { utcText } from './moments.ts';
import { answersIn, partsHere } from './reading.ts';
import type { Storage } from './storage.ts';

interface Surroundings {
  readonly storage: Storage;
  readonly materials: Materials;
  readonly desk: InterviewDesk;
  readonly credentials: () => Credentials | undefined;
  readonly now: () => number;
}

/** One that is begun already is gone on with. */
export async function correct(responseId: string, around: Surroundings): Promise<CorrectOutcome> {
  const { storage, desk } = around;
  if (!(await desk.close())) return 'storage-failed';
  const read = await storage.read(async (connection) => ({
    draft: await readDraft(connection, responseId),
    revision: await readRevisionOf(connection, responseId),
    review: (await readReviews(connection)).find((one) => one.responseId === responseId),
  }));
  if (read.kind === 'failed') return 'storage-failed';
  const { draft, revision, review } = read.value;
  if (draft !== undefined) return desk.openDraft(responseId);
  const begun = await begin(revision, review, around);
  if (typeof begun === 'string') return begun;
  const saved = await storage.writeVital((connection) => saveDraft(connection, begun));
  if (saved.kind === 'failed') return 'storage-failed';
  return saved.value === 'saved' ? desk.openDraft(responseId) : 'not-found';
}

async function begin(
  revision: StoredRevision | undefined,
  review: StoredReview | undefined,
  around: Surroundings,
): Promise<StoredDraft | Exclude<CorrectOutcome, 'open'>> {
  if (revision === undefined || revision.sealed || revision.visit !== undefined) return 'not-found';
  if (isErased(revision)) return 'erased';
  if (partsHere(revision).length === 0) return 'removed';
  // The questions as they were, whatever is on offer by now.
  const material = await around.materials.find(revision.form, revision.lang);
  if (material === undefined) return 'form-not-here';
  const draft = draftOf(revision, material, around);
  return draft === undefined
    ? 'storage-failed'
    : { ...draft, ...(review === undefined ? {} : { answered: review.seq }) };
}

function draftOf(
  revision: StoredRevision,
  material: Material,
  { materials, now, credentials }: Surroundings,
): StoredDraft | undefined {
  const { responseId: id, form, rev, attachments, shortTitle } = revision;
  const engine = materials.resume(material, answersIn(partsHere(revision)));
  if (engine === undefined) return undefined;
  const header = fieldsOf(parseJson(revision.header));
  const venue = textOf(header.get('venue'));
  const neighbourhood = textOf(header.get('neighbourhood'));
  const draft = newDraft({
    id,
    form,
    language: material.language,
    engine,
    at: utcText(now()),
    credentials: credentials(),
  });
  return {
    ...draft,
    shown: wordsSeen(header.get('form'), draft.shown),
    shortTitle,
    corrects: rev,
    ...(neighbourhood === undefined ? {} : { neighbourhood }),
    ...(venue === undefined ? {} : { venue }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

/** Those of the first revision, and those of now. */
function wordsSeen(form: unknown, now: StoredDraft['shown']): StoredDraft['shown'] {
  const before = [...fieldsOf(fieldsOf(form).get('texts'))].flatMap(([lang, texts]) =>
    typeof texts === 'string' ? [[lang, texts] as const] : [],
  );
  return [...before, ...now.filter(([lang]) => !before.some(([seen]) => seen === lang))];
}
