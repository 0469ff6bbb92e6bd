/**
 * Somebody was asked, and it came to no interview: an answer to a form of its own, by one tap.
 * It waits as a draft as long as it can be taken back, and is finished then by itself: also when the app was closed meanwhile.
 */

import type { Environment } from '../environment.ts';
import { readDraft, readDrafts, removeDraft, saveDraft } from '../store/drafts.ts';
import { finaliseDraft } from '../store/finalising.ts';
import type { StoredDraft, StoredForm } from '../store/schema.ts';
import { newResponseId, SALT_BYTES } from '../sync/record.ts';
import { newDraft, touched } from './drafts.ts';
import type { Credentials } from './enrolment.ts';
import { finalisedRevision } from './finalise.ts';
import type { Material, Materials } from './materials.ts';
import { utcText } from './moments.ts';
import { NO_INTERVIEW, OUTCOME, outcomeTitle, WISHED_LANGUAGE } from './outcome-title.ts';
import type { ResponseList } from './responses.ts';
import type { Lang } from './state.ts';
import type { Storage } from './storage.ts';

/** So long it can be taken back: as long as the Undo stands there (ui/announcer.ts). */
export const UNDO_MS = 20_000;

export type Outcome = 'nobody_in' | 'refused' | 'later' | 'language_barrier';

/** `gone`: taken back, or being finished; with the language only where that was being saved already. */
export type WishOutcome = 'noted' | 'gone' | 'not-saved';

export interface Noted {
  readonly kind: 'noted';
  /** A draft has it as long as it can be taken back. */
  readonly id: string;
  readonly undo: () => Promise<void>;
  /** With the language that the person would have spoken, too. */
  readonly wish: (language: string) => Promise<WishOutcome>;
}

export type NotedOutcome = Noted | { readonly kind: 'form-not-here' } | { readonly kind: 'storage-failed' };

/** A language that the person would have spoken, as the form offers it. */
export interface WishedLanguage {
  readonly value: string;
  readonly text: string;
  /** Of the text. */
  readonly lang: Lang;
}

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly materials: Materials;
  readonly responses: ResponseList;
  readonly lang: () => Lang;
  readonly credentials: () => Credentials | undefined;
  readonly form: () => StoredForm | undefined;
  /** Id of the venue for today. */
  readonly venue: () => string | undefined;
  readonly onFinished: () => void;
}

export class NoInterview {
  readonly #around: Surroundings;
  /** What can still be taken back: how to stop its clock, by id. */
  readonly #held: Map<string, () => void> = new Map();
  /** The last thing that was begun with each, by id. */
  readonly #turns: Map<string, Promise<unknown>> = new Map();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** What was noted before the app was closed; a correction that somebody is at is theirs to finish. */
  async finishLeftOver(): Promise<void> {
    const drafts = await this.#around.storage.read(readDrafts);
    if (drafts.kind === 'failed') return;
    for (const { id, form, corrects } of drafts.value)
      if (form.id === NO_INTERVIEW && corrects === undefined) this.#finishLater(id);
  }

  /** All that can still be taken back, now: after this, nobody here may be able to open it. */
  async finishHeld(): Promise<void> {
    for (const [id, stop] of [...this.#held]) {
      stop();
      await this.#finish(id);
    }
  }

  async note(outcome: Outcome, wished?: string): Promise<NotedOutcome> {
    const material = await this.#material();
    if (material === undefined) return { kind: 'form-not-here' };
    const draft = this.#draft(material, outcome, wished);
    if (!(await this.#save(draft))) return { kind: 'storage-failed' };
    const { id } = draft;
    this.#around.responses.noteDraft(draft);
    this.#finishLater(id);
    return {
      kind: 'noted',
      id,
      undo: () => this.#takeBack(id),
      wish: (language) => this.#wish(draft, material, language),
    };
  }

  async wishedLanguages(): Promise<readonly WishedLanguage[]> {
    const material = await this.#material();
    const engine = material && this.#around.materials.begin(material);
    const node = engine?.find(WISHED_LANGUAGE);
    if (material === undefined || node === undefined) return [];
    const choices = engine?.choices(node, material.pack) ?? [];
    return choices.map(({ value, label }) => ({ value, text: label.text, lang: label.lang ?? material.pack.lang }));
  }

  async #material(): Promise<Material | undefined> {
    const form = this.#around.form();
    return form && (await this.#around.materials.find(form, this.#around.lang()));
  }

  #draft(material: Material, outcome: Outcome, wished = ''): StoredDraft {
    const { environment, materials, credentials, venue } = this.#around;
    const form = this.#around.form();
    if (form === undefined) throw new Error('The form has gone while its words were read: it is looked up first.');
    const engine = materials.begin(material);
    for (const [path, text] of [
      [OUTCOME, outcome],
      [WISHED_LANGUAGE, wished],
    ] as const) {
      const node = engine.find(path);
      if (node !== undefined) engine.answer(node, text);
    }
    const now = environment.clock.now();
    const id = newResponseId(now, environment.random.bytes(16));
    const draft = newDraft({
      id,
      form,
      language: material.language,
      engine,
      at: utcText(now),
      credentials: credentials(),
    });
    const where = venue();
    const shortTitle = outcomeTitle(engine, material.pack);
    return { ...touched(draft), shortTitle, ...(where === undefined ? {} : { venue: where }) };
  }

  async #wish(draft: StoredDraft, material: Material, language: string): Promise<WishOutcome> {
    const engine = this.#around.materials.resume(material, draft.answersJson);
    const node = engine?.find(WISHED_LANGUAGE);
    const stopClock = this.#held.get(draft.id);
    if (stopClock === undefined) return 'gone';
    if (engine === undefined || node === undefined) return 'not-saved';
    stopClock();
    engine.answer(node, language);
    const shortTitle = outcomeTitle(engine, material.pack);
    return this.#saveHeld({ ...draft, answersJson: engine.draftJson(), shortTitle });
  }

  /** Its clock stands still; it starts again, whatever came of it, unless the draft was taken back or finished meanwhile. */
  async #saveHeld(draft: StoredDraft): Promise<WishOutcome> {
    const saved = await this.#inTurn(draft.id, async () => this.#held.has(draft.id) && (await this.#save(draft)));
    if (!this.#held.has(draft.id)) return 'gone';
    this.#finishLater(draft.id);
    if (!saved) return 'not-saved';
    this.#around.responses.noteDraft(draft);
    return 'noted';
  }

  async #save(draft: StoredDraft): Promise<boolean> {
    const saved = await this.#around.storage.writeVital((connection) => saveDraft(connection, draft));
    return saved.kind === 'done' && saved.value === 'saved';
  }

  /** One thing after the other: what is written is not taken back, nor finished, half-way. */
  #inTurn<Result>(id: string, job: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(id) ?? Promise.resolve();
    const turn = before.then(job, job);
    this.#turns.set(id, turn);
    return turn;
  }

  #finishLater(id: string): void {
    this.#held.get(id)?.();
    this.#held.set(
      id,
      this.#around.environment.clock.after(UNDO_MS, () => void this.#finish(id)),
    );
  }

  /** Another tab may have finished it, or it was taken back. */
  #finish(id: string): Promise<void> {
    this.#held.delete(id);
    return this.#inTurn(id, () => this.#finishNow(id));
  }

  async #finishNow(id: string): Promise<void> {
    const { storage, materials, responses, onFinished } = this.#around;
    const read = await storage.read((connection) => readDraft(connection, id));
    const draft = read.kind === 'done' ? read.value : undefined;
    const material = draft && (await materials.find(draft.form, draft.lang));
    if (draft === undefined || material === undefined) return;
    const finished = await this.#storeRevision(draft, material);
    await responses.load();
    if (finished) onFinished();
  }

  async #storeRevision(draft: StoredDraft, material: Material): Promise<boolean> {
    const { environment, storage, materials } = this.#around;
    const credentials = this.#around.credentials();
    const engine = materials.resume(material, draft.answersJson);
    if (credentials === undefined || engine === undefined || engine.problems().length > 0) return false;
    engine.finish();
    const shortTitle = outcomeTitle(engine, material.pack);
    const revision = finalisedRevision(
      { ...draft, shortTitle },
      {
        credentials,
        parts: engine.finalParts(),
        attachments: [],
        madeAt: draft.changedAt,
        salt: () => environment.random.bytes(SALT_BYTES),
      },
    );
    const stored = await storage.writeVital((connection) => finaliseDraft(connection, revision, draft.opened));
    return stored.kind === 'done' && stored.value === 'finalised';
  }

  async #takeBack(id: string): Promise<void> {
    this.#held.get(id)?.();
    this.#held.delete(id);
    await this.#inTurn(id, () => this.#around.storage.write((connection) => removeDraft(connection, id)));
    await this.#around.responses.load();
  }
}
