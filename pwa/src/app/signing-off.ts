/**
 * A phone that its team signed off sends all it holds and then empties itself.
 *
 * - Drafts become revisions as they stand; a resident's go, for nobody has agreed to send them yet.
 * - The mark is on the disk before anything else happens, so that a reload goes on with it.
 * - It is emptied only on a fresh word of the server, said to the token that is stored here, when nothing is left that no server
 *   has acknowledged. Any other answer leaves everything as it is.
 * - A draft that another tab has open is left to that tab: it hears the same word when it asks next. One that a PIN keeps shut
 *   waits for its worker.
 */

import type { Environment } from '../environment.ts';
import { readDrafts, removeDraft } from '../store/drafts.ts';
import type { StoredDraft } from '../store/schema.ts';
import { EMPTIED } from '../store/settings.ts';
import { emptyPhone, markSignedOff, readSigningOff, unmarkSignedOff } from '../store/signing-off.ts';
import { type InterviewDesk, lockName } from './desk.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import { storeRevision } from './finishing.ts';
import type { FormShelf } from './forms.ts';
import { tabLocks } from './lease.ts';
import type { Materials } from './materials.ts';
import type { ResponseList } from './responses.ts';
import type { SignOff } from './state.ts';
import type { Storage } from './storage.ts';

/** A page that is closing lets go of its draft in so many milliseconds. */
const LOCK_PATIENCE_MS = 200;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly responses: ResponseList;
  readonly materials: Materials;
  readonly desk: Pick<InterviewDesk, 'close'>;
  readonly onSignOff: (state: SignOff) => void;
}

export class SigningOff {
  readonly #around: Surroundings;
  #isUnderWay = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  /** At the beginning of a pass: as the disk knows, where another tab may have been meanwhile. `emptied`: nothing is to be done any more. */
  async look(): Promise<'go-on' | 'emptied'> {
    const { storage, enrolment } = this.#around;
    const read = await storage.read(readSigningOff);
    if (read.kind === 'failed') return 'go-on';
    const { token, mark } = read.value;
    if (token !== undefined && token !== enrolment.credentials?.token) await enrolment.load();
    const isEmptied = mark === EMPTIED && token === undefined;
    const was = this.#isUnderWay;
    this.#isUnderWay = isEmptied || (mark !== undefined && mark === enrolment.credentials?.device);
    if (!this.#isUnderWay) {
      // Another tab has taken a new link meanwhile.
      if (was) this.#around.onSignOff('no');
      return 'go-on';
    }
    await this.#prepare();
    return isEmptied && (await this.#empty(enrolment.credentials?.token ?? '')) ? 'emptied' : 'go-on';
  }

  /** The server has turned this token down for good. False: it is not ours any more, or nothing can be written. */
  async begin(token: string): Promise<boolean> {
    const { storage, enrolment } = this.#around;
    const device = enrolment.credentials?.device ?? '';
    const marked = await storage.write((connection) => markSignedOff(connection, { device, token }));
    if (marked.kind === 'failed') return false;
    if (marked.value === 'other') {
      await enrolment.load();
      return false;
    }
    this.#isUnderWay = true;
    await this.#prepare();
    return true;
  }

  /** All that could be sent has been, and the server has said it again. False: something is left. */
  async end(token: string): Promise<boolean> {
    return this.#isUnderWay && (await this.#empty(token));
  }

  /** The server takes us in again: somebody gave this phone a new link. */
  async callOff(): Promise<void> {
    if (!this.#isUnderWay) return;
    const undone = await this.#around.storage.write(unmarkSignedOff);
    if (undone.kind === 'failed') return;
    this.#isUnderWay = false;
    this.#around.onSignOff('no');
  }

  async #prepare(): Promise<void> {
    const { desk, storage, responses, onSignOff } = this.#around;
    onSignOff('under-way');
    await desk.close();
    const drafts = await storage.read(readDrafts);
    for (const draft of drafts.kind === 'done' ? drafts.value : []) await this.#finish(draft);
    await responses.load();
  }

  async #finish(draft: StoredDraft): Promise<void> {
    const { environment, storage } = this.#around;
    const lock = await tabLocks(environment, storage).hold(lockName(draft.id), LOCK_PATIENCE_MS);
    if (lock === undefined) return;
    // Only its worker's PIN opens it: it waits for them, and this phone is not emptied before.
    if (draft.sealed !== undefined) return lock.release();
    try {
      if (draft.untouched || draft.visit) await storage.write((connection) => removeDraft(connection, draft.id, draft));
      else await this.#finalise(draft);
    } finally {
      lock.release();
    }
  }

  /** As it stands: questions that must be answered may be open, and the time of the end stays blank. */
  async #finalise(draft: StoredDraft): Promise<void> {
    const { storage, enrolment, materials } = this.#around;
    const { credentials } = enrolment;
    const material = await materials.find(draft.form, draft.lang);
    const form = material && materials.resume(material, draft.answersJson);
    if (material === undefined || form === undefined || credentials === undefined) return;
    // Whose it is, where several work with this phone, and not who is signed in now.
    const name = storage.seal?.nameOf(draft) ?? credentials.name;
    await storeRevision({ draft, form, pack: material.pack, credentials: { ...credentials, name } }, this.#around);
  }

  async #empty(token: string): Promise<boolean> {
    const { storage, enrolment, forms, responses, onSignOff } = this.#around;
    const emptied = await storage.write((connection) => emptyPhone(connection, token));
    if (emptied.kind === 'failed' || emptied.value !== 'emptied') return false;
    this.#isUnderWay = false;
    onSignOff('done');
    await Promise.all([enrolment.load(), forms.load(), responses.load()]);
    return true;
  }
}
