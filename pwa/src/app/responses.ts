/** The list of responses on this phone, drafts and finalised, and its state in plain words. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lang } from '../i18n/languages.ts';
import { readDrafts } from '../store/drafts.ts';
import { readArrivals, readRevisions } from '../store/revisions.ts';
import type { AttachmentReference, AttachmentState, StoredDraft, StoredRevision } from '../store/schema.ts';
import { chooseLanguage } from './forms.ts';
import type { ResponseState, ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';

export class ResponseList {
  readonly summaries: ReadonlySignal<readonly ResponseSummary[]>;
  /** Finalised, and not acknowledged by any server. */
  readonly waiting: ReadonlySignal<number>;
  /** Of which something is nowhere but on this phone: drafts too, and photos that have not gone. */
  readonly unsent: ReadonlySignal<number>;
  readonly #drafts: Signal<ReadonlyMap<string, StoredDraft>> = signal(new Map());
  readonly #revisions: Signal<readonly StoredRevision[]> = signal([]);
  readonly #arrivals: Signal<Arrivals> = signal(new Map());
  readonly #storage: Storage;

  constructor(storage: Storage, lang: () => Lang) {
    this.#storage = storage;
    this.waiting = computed(() => this.#revisions.value.filter(({ state }) => state === 'finalised').length);
    this.unsent = computed(
      () =>
        this.summaries.value.filter(isNowhereElse).length + this.#revisions.value.filter(({ sealed }) => sealed).length,
    );
    this.summaries = computed(() => {
      const drafts = [...this.#drafts.value.values()].map((draft) => summaryOfDraft(draft, lang()));
      const revisions = this.#revisions.value
        .filter(({ sealed }) => !sealed)
        .map((revision) => summaryOfRevision(revision, this.#arrivals.value, lang()));
      return [...drafts, ...revisions].sort(newestFirst);
    });
  }

  async load(): Promise<void> {
    const read = await this.#storage.read(async (connection) => ({
      drafts: await readDrafts(connection),
      revisions: await readRevisions(connection),
      arrivals: await readArrivals(connection),
    }));
    if (read.kind === 'failed') return;
    const { drafts, revisions, arrivals } = read.value;
    batch(() => {
      this.#drafts.value = new Map(drafts.map((draft) => [draft.id, draft]));
      this.#revisions.value = revisions;
      this.#arrivals.value = new Map(arrivals.map(({ sha256, state }) => [sha256, state]));
    });
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
    filesDamaged: 0,
    ...visitOf(draft),
  };
}

function summaryOfRevision(revision: StoredRevision, arrivals: Arrivals, lang: Lang): ResponseSummary {
  const title = chooseLanguage(revision.form, lang);
  const { code, removedAt, safeAt } = revision;
  return {
    id: revision.responseId,
    formId: revision.form.id,
    formTitle: title.title,
    formTitleLang: title.lang,
    language: revision.lang,
    state: stateOf(revision, arrivals),
    when: revision.finalisedAt,
    shortTitle: revision.shortTitle,
    ...countsOf(['refused', 'erased'].includes(revision.state) ? [] : (revision.attachments ?? []), arrivals),
    ...visitOf(revision),
    ...(code === undefined ? {} : { code }),
    ...(removedAt === undefined || safeAt === undefined ? {} : { removedSafeSince: safeAt }),
  };
}

function visitOf({ visit }: StoredDraft | StoredRevision): Pick<ResponseSummary, 'visit'> {
  return visit === undefined ? {} : { visit };
}

/** By sha256. */
type Arrivals = ReadonlyMap<string, AttachmentState>;

/** It is safe only with all its files. */
function stateOf({ state, why, attachments = [] }: StoredRevision, arrivals: Arrivals): ResponseState {
  if (state === 'sent' && why !== undefined) return 'set-aside';
  const isWhole = attachments.every(({ sha256 }) => ['safe', 'erased'].includes(arrivals.get(sha256) ?? 'here'));
  return state === 'safe' && !isWhole ? 'held' : state;
}

function countsOf(
  files: readonly AttachmentReference[],
  arrivals: Arrivals,
): Pick<ResponseSummary, 'photosHere' | 'filesHere' | 'filesDamaged'> {
  const here = files.filter(({ sha256 }) => (arrivals.get(sha256) ?? 'here') === 'here');
  const photos = here.filter(({ type }) => type.startsWith('image/')).length;
  const damaged = files.filter(({ sha256 }) => arrivals.get(sha256) === 'damaged').length;
  return { photosHere: photos, filesHere: here.length - photos, filesDamaged: damaged };
}

function isNowhereElse({ state, photosHere, filesHere }: ResponseSummary): boolean {
  return state === 'draft' || state === 'finalised' || state === 'refused' || photosHere + filesHere > 0;
}

function newestFirst(one: ResponseSummary, other: ResponseSummary): number {
  return one.when === other.when ? 0 : one.when < other.when ? 1 : -1;
}
