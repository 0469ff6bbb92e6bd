/** From what is stored of responses to one line for each: what the screens show. Fetched apart (responses.ts). */

import { computed, type ReadonlySignal } from '@preact/signals';
import { formKey } from '../store/lines.ts';
import { newestOf } from '../store/revisions.ts';
import type { AttachmentReference, AttachmentState, StoredDraft, StoredLanguage, StoredLine } from '../store/schema.ts';
import { chooseLanguage } from './forms.ts';
import type { Held } from './responses.ts';
import { reviewOf, withReview } from './reviewed.ts';
import type { Lang, ResponseState, ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';

interface Surroundings {
  readonly drafts: ReadonlySignal<ReadonlyMap<string, StoredDraft>>;
  readonly held: ReadonlySignal<Held>;
  readonly storage: Storage;
  readonly lang: () => Lang;
}

export interface Summaries {
  readonly all: ReadonlySignal<readonly ResponseSummary[]>;
  /** How many records hold something that is nowhere but on this phone. */
  readonly unsent: ReadonlySignal<number>;
}

/** The newest of a response's revisions stands for it, or the draft that corrects it. Newest first. */
export function summarise({ drafts, held, storage, lang }: Surroundings): Summaries {
  // Made anew only when a revision has changed, and not with every letter of a draft.
  const arrivals = computed(() => new Map(held.value.arrivals.map(({ sha256, state }) => [sha256, state])));
  const reviews = computed(() => new Map(held.value.reviews.map((review) => [review.responseId, review])));
  const byResponse = computed(() => grouped(held.value.lines));
  // Few forms, many lines: each title is looked for once.
  const titles = computed(
    () => new Map([...held.value.forms].map(([key, form]) => [key, chooseLanguage(form, lang())] as const)),
  );
  const summaryOf = (lines: readonly StoredLine[]): ResponseSummary[] => {
    const line = newestOf(lines);
    const title = line && titles.value.get(formKey(line.form));
    if (line === undefined || title === undefined || line.sealed) return [];
    const summary = summaryOfLine(line, title, arrivals.value);
    return [withReview({ ...summary, ...firstOf(line, lines) }, reviewOf(line, lines, reviews.value))];
  };
  const finished = computed(() =>
    [...byResponse.value.values()].flatMap((lines) => summaryOf(visible(lines, storage))).sort(newestFirst),
  );
  const all = computed(() => {
    const begun = visible([...drafts.value.values()], storage).map((draft) => {
      const lines = byResponse.value.get(draft.id) ?? [];
      const [before] = draft.corrects === undefined ? [] : summaryOf(visible(lines, storage));
      const summary = { ...summaryOfDraft(draft, lang()), ...firstOf(draft, lines), ...(before && { before }) };
      return withReview(summary, reviewOf(draft, lines, reviews.value));
    });
    return merged(begun.sort(newestFirst), begun.length === 0 ? finished.value : without(finished.value, drafts.value));
  });
  const unsent = computed(
    () => drafts.value.size + held.value.lines.filter((line) => isNowhereElse(line, arrivals.value)).length,
  );
  return { all, unsent };
}

/** Nobody is shown what another worker of this phone did. */
function visible<Mine extends { readonly worker?: string }>(all: readonly Mine[], { seal }: Storage): readonly Mine[] {
  return seal ? all.filter((one) => seal.isVisible(one)) : all;
}

function grouped(lines: readonly StoredLine[]): ReadonlyMap<string, StoredLine[]> {
  const groups = new Map<string, StoredLine[]>();
  for (const line of lines) {
    const group = groups.get(line.responseId);
    if (group === undefined) groups.set(line.responseId, [line]);
    else group.push(line);
  }
  return groups;
}

function without(
  finished: readonly ResponseSummary[],
  drafts: ReadonlyMap<string, StoredDraft>,
): readonly ResponseSummary[] {
  return finished.filter(({ id }) => !drafts.has(id));
}

/** Both are in order already: to sort ten thousand again for each letter that is typed takes too long. */
function merged(some: readonly ResponseSummary[], others: readonly ResponseSummary[]): readonly ResponseSummary[] {
  const all: ResponseSummary[] = [];
  let place = 0;
  for (const one of others) {
    for (let next = some[place]; next !== undefined && newestFirst(next, one) <= 0; next = some[place]) {
      all.push(next);
      place += 1;
    }
    all.push(one);
  }
  return [...all, ...some.slice(place)];
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
    ...(draft.corrects === undefined ? {} : { corrects: true }),
  };
}

function summaryOfLine(line: StoredLine, title: StoredLanguage, arrivals: Arrivals): ResponseSummary {
  const { code, removedAt, safeAt, correctionGone } = line;
  return {
    id: line.responseId,
    formId: line.form[0],
    formTitle: title.title,
    formTitleLang: title.lang,
    language: line.lang,
    state: stateOf(line, arrivals),
    when: line.finalisedAt,
    shortTitle: line.shortTitle,
    ...countsOf(line, arrivals),
    ...visitOf(line),
    ...(line.corrects === undefined ? {} : { corrects: true }),
    ...(code === undefined ? {} : { code }),
    ...(correctionGone && { correctionGone }),
    ...(removedAt === undefined || safeAt === undefined ? {} : { removedSafeSince: safeAt }),
  };
}

function firstOf(
  { corrects }: StoredDraft | StoredLine,
  lines: readonly StoredLine[],
): Pick<ResponseSummary, 'firstFinished'> {
  const [first] = lines.map(({ finalisedAt }) => finalisedAt).sort();
  return corrects === undefined || first === undefined ? {} : { firstFinished: first };
}

function visitOf({ visit }: StoredDraft | StoredLine): Pick<ResponseSummary, 'visit'> {
  return visit === undefined ? {} : { visit };
}

/** By sha256. */
type Arrivals = ReadonlyMap<string, AttachmentState>;

/** It is safe only with all its files. */
function stateOf({ state, why, attachments = [] }: StoredLine, arrivals: Arrivals): ResponseState {
  if (state === 'sent' && why !== undefined) return 'set-aside';
  const isWhole = attachments.every(({ sha256 }) => ['safe', 'erased'].includes(arrivals.get(sha256) ?? 'here'));
  return state === 'safe' && !isWhole ? 'held' : state;
}

function countsOf(
  { state, attachments = [] }: StoredLine,
  arrivals: Arrivals,
): Pick<ResponseSummary, 'photosHere' | 'filesHere' | 'filesDamaged'> {
  const files: readonly AttachmentReference[] = state === 'refused' || state === 'erased' ? [] : attachments;
  const here = files.filter(({ sha256 }) => (arrivals.get(sha256) ?? 'here') === 'here');
  const photos = here.filter(({ type }) => type.startsWith('image/')).length;
  const damaged = files.filter(({ sha256 }) => arrivals.get(sha256) === 'damaged').length;
  return { photosHere: photos, filesHere: here.length - photos, filesDamaged: damaged };
}

/** One that was corrected counts too, as long as it has not gone: its bytes are as dear. */
function isNowhereElse(line: StoredLine, arrivals: Arrivals): boolean {
  const { photosHere, filesHere } = countsOf(line, arrivals);
  return line.sealed === true || line.state === 'finalised' || line.state === 'refused' || photosHere + filesHere > 0;
}

function newestFirst(one: ResponseSummary, other: ResponseSummary): number {
  return one.when === other.when ? 0 : one.when < other.when ? 1 : -1;
}
