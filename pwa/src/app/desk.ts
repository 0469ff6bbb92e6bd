/** Begins, opens, closes and finalises interviews; one is open at a time. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import type { Lang } from '../i18n/languages.ts';
import type { Connection } from '../store/connection.ts';
import { readDraft, removeDraft, saveDraft } from '../store/drafts.ts';
import type { StoredAttachment, StoredDraft, StoredForm } from '../store/schema.ts';
import { uuid7 } from '../sync/ids.ts';
import type { BeginOutcome, FinaliseOutcome, OpenOutcome } from './actions.ts';
import { newDraft, withLanguage } from './drafts.ts';
import type { Credentials } from './enrolment.ts';
import type { FileDoor } from './file-door.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import { utcText } from './moments.ts';
import { OpenInterview } from './open-interview.ts';
import type { ResponseList } from './responses.ts';
import type { Storage } from './storage.ts';
import type { Tabs } from './tabs.ts';

/** How long to wait for another tab to let go of a draft; a page that is reloading needs a moment. */
const PATIENCE_MS = 1_500;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly library: Library;
  readonly materials: Materials;
  readonly files: FileDoor;
  readonly responses: ResponseList;
  readonly lang: () => Lang;
  readonly credentials: () => Credentials | undefined;
}

/** What an open interview is made of. */
interface Held {
  readonly engine: Form;
  readonly pack: TextPack;
  readonly isNew: boolean;
  readonly release: () => void;
}

export class InterviewDesk {
  readonly #open: Signal<OpenInterview | undefined> = signal(undefined);
  readonly #around: Surroundings;
  /** As it is on the disk, by this tab's doing. */
  #answersOnDisk = '';
  /** Of which the answers given here became a draft of their own, and nobody has been told yet. */
  #keptApart = '';
  #tabs: Tabs | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get open(): ReadonlySignal<OpenInterview | undefined> {
    return this.#open;
  }

  /** `facts`: what is known of it beforehand. */
  async begin(form: StoredForm | undefined, facts: Partial<StoredDraft> = {}): Promise<BeginOutcome> {
    if (!(await this.close())) return { kind: 'storage-failed' };
    const material = form && (await this.#around.materials.find(form, this.#around.lang()));
    if (form === undefined || material === undefined) return { kind: 'form-not-here' };
    const { language, pack } = material;
    const { clock, random } = this.#around.environment;
    const engine = this.#around.materials.begin(material);
    const id = uuid7(clock.now(), random.bytes(16));
    const credentials = this.#around.credentials();
    const draft = { ...newDraft({ id, form, language, engine, at: utcText(clock.now()), credentials }), ...facts };
    if (!(await this.#save(draft))) return { kind: 'storage-failed' };
    this.#show(draft, engine, pack);
    return { kind: 'begun', responseId: id };
  }

  async openDraft(id: string): Promise<OpenOutcome> {
    if (this.#open.value?.responseId === id) return 'open';
    if (!(await this.close())) return 'storage-failed';
    if (this.#keptApart === id) {
      this.#keptApart = '';
      return 'kept-apart';
    }
    const lock = await this.#lock(id);
    if (lock === undefined)
      return this.#tabs || this.#around.environment.locks.available ? 'open-elsewhere' : 'form-not-here';
    const outcome = await this.#resume(id, lock.release);
    if (outcome !== 'open') lock.release();
    return outcome;
  }

  /** False when what is unsaved cannot be written: then it stays open, and is tried again. One without any answer is not kept. */
  async close(): Promise<boolean> {
    const interview = this.#open.value;
    if (interview === undefined) return true;
    if (!(await interview.saved())) return false;
    this.#letGo(interview);
    if (interview.draft.untouched) await this.#remove(interview.responseId, interview.draft);
    return true;
  }

  async finalise(id: string): Promise<FinaliseOutcome> {
    const interview = this.#open.value;
    const credentials = this.#around.credentials();
    if (interview?.responseId !== id || credentials === undefined) return { kind: 'not-found' };
    // It came with the screen that this is asked on.
    const files = await this.#around.files.open();
    if (files === undefined || !(await interview.saved())) return { kind: 'storage-failed' };
    if (interview.form.problems().length > 0) return { kind: 'has-problems' };
    interview.form.finish();
    if (!(await interview.saved())) return { kind: 'storage-failed' };
    interview.saver.stop();
    const { draft, form } = interview;
    const stored = await files.finalise({ draft, form, pack: interview.pack.value, credentials });
    if (stored.kind === 'failed') {
      interview.saver.resume();
      return { kind: 'storage-failed' };
    }
    await this.#forget(id);
    return { kind: stored.value };
  }

  async #resume(id: string, release: () => void): Promise<OpenOutcome> {
    const read = await (this.#tabs?.claim(id) ?? this.#around.storage.read((connection) => readDraft(connection, id)));
    if (read.kind === 'failed') return 'storage-failed';
    if (read.value === undefined) return 'not-found';
    const draft = read.value;
    const material = await this.#around.materials.find(draft.form, draft.lang);
    if (material === undefined) return 'form-not-here';
    const engine = this.#around.materials.resume(material, draft.answersJson);
    if (engine === undefined) return 'storage-failed';
    this.#hold(withLanguage(draft, material.language), { engine, pack: material.pack, isNew: false, release });
    return 'open';
  }

  /** A draft that was just made is ours alone: nobody else knows its name yet, and the first question need not wait. */
  #show(draft: StoredDraft, engine: Form, pack: TextPack): void {
    const lock = this.#lock(draft.id);
    this.#hold(draft, { engine, pack, isNew: true, release: () => void lock.then((held) => held?.release()) });
  }

  /** By the browser's locks; else by leases, which are fetched then. Undefined: another tab has it, or they cannot be fetched. */
  async #lock(id: string): Promise<{ readonly release: () => void } | undefined> {
    const own = this.#around.environment.locks;
    const locks = own.available ? own : (await this.#fetchTabs())?.locks;
    return locks?.hold(lockName(id), PATIENCE_MS);
  }

  #hold(draft: StoredDraft, { engine, pack, isNew, release }: Held): void {
    this.#answersOnDisk = draft.answersJson;
    this.#open.value = new OpenInterview(draft, {
      environment: this.#around.environment,
      form: engine,
      pack,
      isNew,
      here: this.#around.library.here,
      save: (changed, files) => this.#save(changed, files),
      files: this.#around.files,
      findPack: (language) => this.#around.materials.pack(language),
      letGo: release,
    });
  }

  #letGo(interview: OpenInterview): void {
    this.#open.value = undefined;
    interview.close();
  }

  async #remove(id: string, left?: StoredDraft): Promise<void> {
    await this.#around.storage.write((connection) => removeDraft(connection, id, left));
    await this.#around.responses.load();
  }

  async #save(draft: StoredDraft, files: readonly StoredAttachment[] = []): Promise<boolean> {
    const { storage } = this.#around;
    const save = (connection: Connection) => saveDraft(connection, draft, files);
    // A photo does not use up what is kept for text.
    const saved = await (files.length === 0 ? storage.writeVital(save) : storage.write(save));
    if (saved.kind === 'failed') return false;
    if (saved.value === 'elsewhere') return this.#standAside(draft);
    if (saved.value === 'ended') await this.#forget(draft.id);
    if (saved.value === 'ended') return true;
    this.#answersOnDisk = draft.answersJson;
    this.#around.responses.noteDraft(draft);
    return true;
  }

  /** Another tab has gone on with it, or finished it: it is closed here, and what only this tab knows becomes a draft of its own. */
  async #standAside({ id, answersJson, untouched }: StoredDraft): Promise<boolean> {
    const interview = this.#open.value;
    if (interview?.responseId === id && answersJson !== this.#answersOnDisk && untouched === undefined) {
      const tabs = await this.#fetchTabs();
      if (!(await tabs?.keepApart(() => interview.latest()))) return false;
      this.#keptApart = id;
    }
    await this.#forget(id);
    return true;
  }

  /** Undefined when they cannot be had now. */
  async #fetchTabs(): Promise<Tabs | undefined> {
    const fetched = await import('./tabs.ts').catch(() => undefined);
    this.#tabs ??= fetched && new fetched.Tabs(this.#around);
    return this.#tabs;
  }

  async #forget(id: string): Promise<void> {
    const interview = this.#open.value;
    if (interview?.responseId === id) this.#letGo(interview);
    await this.#around.responses.load();
  }
}

/** Who holds it may go on with that draft. */
export function lockName(id: string): string {
  return `fieldwell-draft-${id}`;
}
