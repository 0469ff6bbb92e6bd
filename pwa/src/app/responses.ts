/** The list of responses on this phone, drafts and finalised, and its state in plain words. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lang } from '../i18n/languages.ts';
import { readDrafts } from '../store/drafts.ts';
import { readRevisions } from '../store/revisions.ts';
import type { AttachmentReference, StoredDraft, StoredRevision } from '../store/schema.ts';
import { chooseLanguage } from './forms.ts';
import type { ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';

export class ResponseList {
  readonly summaries: ReadonlySignal<readonly ResponseSummary[]>;
  /** Finalised, and not acknowledged by any server. */
  readonly waiting: ReadonlySignal<number>;
  readonly #drafts: Signal<ReadonlyMap<string, StoredDraft>> = signal(new Map());
  readonly #revisions: Signal<readonly StoredRevision[]> = signal([]);
  readonly #storage: Storage;

  constructor(storage: Storage, lang: () => Lang) {
    this.#storage = storage;
    this.waiting = computed(() => this.#revisions.value.filter(({ state }) => state === 'finalised').length);
    this.summaries = computed(() => {
      const drafts = [...this.#drafts.value.values()].map((draft) => summaryOfDraft(draft, lang()));
      const revisions = this.#revisions.value.map((revision) => summaryOfRevision(revision, lang()));
      return [...drafts, ...revisions].sort(newestFirst);
    });
  }

  async load(): Promise<void> {
    const read = await this.#storage.read(async (connection) => ({
      drafts: await readDrafts(connection),
      revisions: await readRevisions(connection),
    }));
    if (read.kind === 'failed') return;
    this.#drafts.value = new Map(read.value.drafts.map((draft) => [draft.id, draft]));
    this.#revisions.value = read.value.revisions;
  }

  /** A draft was written: no need to read all again. */
  noteDraft(draft: StoredDraft): void {
    this.#drafts.value = new Map([...this.#drafts.value, [draft.id, draft]]);
  }
}

function summaryOfDraft(draft: StoredDraft, lang: Lang): ResponseSummary {
  const title = chooseLanguage(draft.form, lang);
  return {
    id: draft.id,
    formId: draft.form.id,
    formTitle: title.title,
    formTitleLang: title.lang,
    language: draft.lang,
    state: 'draft',
    when: draft.changedAt,
    shortTitle: draft.shortTitle,
    photosHere: 0,
    filesHere: 0,
  };
}

function summaryOfRevision(revision: StoredRevision, lang: Lang): ResponseSummary {
  const title = chooseLanguage(revision.form, lang);
  return {
    id: revision.responseId,
    formId: revision.form.id,
    formTitle: title.title,
    formTitleLang: title.lang,
    language: revision.lang,
    state: revision.state,
    when: revision.finalisedAt,
    shortTitle: revision.shortTitle,
    ...countsOf(revision.attachments ?? []),
    ...(revision.code === undefined ? {} : { code: revision.code }),
  };
}

/** None has left this phone: there is no way yet to send them. */
function countsOf(files: readonly AttachmentReference[]): Pick<ResponseSummary, 'photosHere' | 'filesHere'> {
  const photos = files.filter(({ type }) => type.startsWith('image/')).length;
  return { photosHere: photos, filesHere: files.length - photos };
}

function newestFirst(one: ResponseSummary, other: ResponseSummary): number {
  return one.when === other.when ? 0 : one.when < other.when ? 1 : -1;
}
