/**
 * A resident at a poster: gets this phone ready behind the server's page, and takes the answers over from it. Fetched apart.
 *
 * - Nothing is taken over before all of it is here that one needs without a connection, and before a write has worked.
 * - A phone that belongs to a worker is left alone.
 * - Taking over the same page twice is one draft: the response has its id from the server's page.
 */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment, NetworkAnswer } from '../environment.ts';
import type { NodeDefinition, TextPack } from '../formlogic/definition.ts';
import type { Form } from '../formlogic/form.ts';
import { readDraft, removeDraft, saveDraft } from '../store/drafts.ts';
import { readRevisionOf } from '../store/revisions.ts';
import type { StoredDraft, StoredForm, StoredVisit } from '../store/schema.ts';
import { readSetting, saveSetting, saveSettingOnce } from '../store/settings.ts';
import { uuid4 } from '../sync/ids.ts';
import { readProblemCode } from '../sync/problem-code.ts';
import { makeReference, REFERENCE_BYTES } from '../sync/references.ts';
import { fieldsOf, parseJson } from '../sync/shape.ts';
import type { BeginOutcome } from './actions.ts';
import type { InterviewDesk } from './desk.ts';
import { shortTitle } from './drafts.ts';
import { type EnrolmentDesk, readCredentials } from './enrolment.ts';
import { Forgetting } from './forgetting.ts';
import type { FormShelf } from './forms.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import { utcText } from './moments.ts';
import { giveFields, newsOf, type PageAnswers, wordsShown } from './page-answers.ts';
import type { ResponseList } from './responses.ts';
import type { Storage } from './storage.ts';
import { keptPoster, type Poster, readKeptPosters, type VisitPage } from './visit-page.ts';

const TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 8_000;
/** A new name for this phone is tried once. */
const NAMES_TRIED = 2;

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly library: Library;
  readonly materials: Materials;
  readonly responses: ResponseList;
  readonly desk: InterviewDesk;
  /** What is on this phone has been read. */
  readonly ready: Promise<void>;
}

/**
 * `finished`: it was finished on this phone before. `ended`: and nothing of it is to be seen any more, or it was deleted.
 * `failed`: nothing has changed, let the server go on.
 */
export type TakeOverOutcome = 'open' | 'finished' | 'ended' | 'elsewhere' | 'failed';

export class Visits {
  /** Newest first. */
  readonly posters: Signal<readonly Poster[]> = signal([]);
  readonly forgetting: Forgetting;
  readonly #reachable: Signal<boolean> = signal(true);
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
    this.forgetting = new Forgetting(around);
  }

  /** Whether the server answered when it was asked last. */
  get reachable(): ReadonlySignal<boolean> {
    return this.#reachable;
  }

  async load(): Promise<void> {
    const kept = await this.#around.storage.read((connection) => readSetting(connection, 'posters'));
    if (kept.kind === 'done') this.posters.value = readKeptPosters(kept.value);
    void this.forgetting.dropPagesLeft();
  }

  /** The form's questions by number, when this page can be taken over and go on without a connection; else undefined. */
  async prepare(page: VisitPage): Promise<ReadonlyMap<number, NodeDefinition> | undefined> {
    await this.#around.ready;
    if (this.#around.enrolment.credentials?.role === 'worker') return undefined;
    await this.load();
    if (!(await this.#isKnown(page)) && !(await this.#introduceOnce(page))) return undefined;
    const material = await this.#around.materials.find(page.form, page.lang);
    if (material?.language.lang !== page.lang) return undefined;
    // Without it no code could be shown at the end.
    if ((await import('./summaries.ts').catch(() => undefined)) === undefined) return undefined;
    void this.#fetchOtherLanguages(page.form);
    return new Map(material.logic.nodes.map((definition) => [definition.number, definition]));
  }

  async takeOver(answers: PageAnswers): Promise<TakeOverOutcome> {
    const { response } = answers.page;
    const there = await this.#around.storage.read(async (connection) => ({
      draft: await readDraft(connection, response),
      revision: await readRevisionOf(connection, response),
    }));
    if (there.kind === 'failed') return 'failed';
    const { draft, revision } = there.value;
    if (revision !== undefined && revision.sealed === undefined) return 'finished';
    if (await this.forgetting.isEnded(response)) return 'ended';
    return draft === undefined ? this.#openNew(answers) : this.#openAgain(answers, draft);
  }

  /** From the first page, at a poster that this phone has met before. */
  async begin(code: string): Promise<BeginOutcome> {
    const { forms, desk } = this.#around;
    const poster = this.posters.value.find((known) => known.code === code);
    const form = poster && forms.find(poster.formId);
    if (poster === undefined || form === undefined) return { kind: 'form-not-here' };
    return desk.begin(form, { neighbourhood: poster.neighbourhood.id, visit: this.#visit(poster) });
  }

  /** The words of the form's own language, where those on the screen were not checked by a person; undefined: they are the same. */
  async originalsOf(formId: string, lang: string): Promise<TextPack | undefined> {
    const open = this.#around.desk.open.value;
    const form = open?.formId === formId ? open.draft.form : this.#around.forms.find(formId);
    const shown = form?.languages.find((language) => language.lang === lang);
    const original = form?.languages.find((language) => language.lang === form.defaultLang);
    if (shown?.draft !== true || original === undefined || original === shown) return undefined;
    return this.#around.materials.pack(original);
  }

  /** The original stands beneath the words on the screen: the response says so. */
  noteOriginal(responseId: string, lang: string): void {
    const interview = this.#around.desk.open.value;
    const language = interview?.draft.form.languages.find((one) => one.lang === lang);
    if (interview?.responseId === responseId && language !== undefined) interview.noteOriginal(language);
  }

  /** Ask whether the server is there, with as few bytes as possible. */
  async look(): Promise<void> {
    const { network } = this.#around.environment;
    const answer = await network.send({ method: 'HEAD', path: '/healthz', timeout: PING_TIMEOUT_MS });
    this.#reachable.value = answer.kind === 'answer' && answer.status === 200;
  }

  async #isKnown({ poster }: VisitPage): Promise<boolean> {
    const { enrolment } = this.#around;
    const state = enrolment.state.value;
    const isWelcome = state.kind === 'enrolled' && state.renewal === 'not-needed';
    const isMet = this.posters.value.some(({ code, formId }) => code === poster.code && formId === poster.formId);
    // A write that works shows that this browser keeps things.
    return isWelcome && isMet && this.#keepPoster(poster);
  }

  /** One tab at a time: two that ask at once would be two devices. */
  async #introduceOnce(page: VisitPage): Promise<boolean> {
    const { environment, enrolment } = this.#around;
    const lock = await environment.locks.hold('fieldwell-visit', TIMEOUT_MS);
    if (lock === undefined) return false;
    try {
      // Another tab may have done it meanwhile.
      await Promise.all([enrolment.load(), this.load()]);
      return (await this.#isKnown(page)) || (await this.#introduce(page.poster));
    } finally {
      lock.release();
    }
  }

  /** Tells the server of this phone; what it answers is all that one needs to send answers later. */
  async #introduce(poster: Poster): Promise<boolean> {
    const { environment, storage, enrolment, forms } = this.#around;
    for (let tried = 0; tried < NAMES_TRIED; tried += 1) {
      const name = uuid4(environment.random.bytes(16));
      const device = await storage.write((connection) =>
        tried === 0
          ? saveSettingOnce(connection, 'device', name)
          : saveSetting(connection, 'device', name).then(() => name),
      );
      if (device.kind === 'failed' || typeof device.value !== 'string') return false;
      const answer = await this.#exchange(poster.code, device.value);
      const fields = fieldsOf(parseJson(answer.kind === 'answer' ? answer.body : ''));
      const credentials = isTaken(answer) ? readCredentials(fields) : undefined;
      if (credentials !== undefined) {
        if (!(await this.#keepPoster(poster)) || !(await enrolment.keep({ ...credentials, role: 'resident' })))
          return false;
        await forms.welcome(fields.get('forms'));
        return true;
      }
      if (answer.kind !== 'answer' || readProblemCode(answer.body) !== 'device-known') return false;
    }
    return false;
  }

  #exchange(code: string, device: string): Promise<NetworkAnswer> {
    const token = this.#around.enrolment.credentials?.token;
    return this.#around.environment.network.send({
      method: 'POST',
      path: '/devices/v1/visit',
      body: JSON.stringify({ code, device }),
      timeout: TIMEOUT_MS,
      ...(token === undefined ? {} : { token }),
    });
  }

  async #keepPoster(poster: Poster): Promise<boolean> {
    const posters = [poster, ...this.posters.value.filter(({ code }) => code !== poster.code)];
    const kept = await this.#around.storage.write((connection) =>
      saveSetting(connection, 'posters', posters.map(keptPoster)),
    );
    if (kept.kind === 'done') this.posters.value = posters;
    return kept.kind === 'done';
  }

  /** The draft is put down with all that the page holds, or not at all; one that cannot be opened is not left behind. */
  async #openNew(answers: PageAnswers): Promise<TakeOverOutcome> {
    const { storage, desk, responses } = this.#around;
    const { response } = answers.page;
    if (!(await this.#keepDraft(answers))) return 'failed';
    if ((await desk.openDraft(response)) === 'open') return 'open';
    await storage.write((connection) => removeDraft(connection, response));
    await responses.load();
    return 'failed';
  }

  async #openAgain(answers: PageAnswers, draft: StoredDraft): Promise<TakeOverOutcome> {
    const { desk } = this.#around;
    const { page, drawnAt } = answers;
    const onPage = await this.#read(answers);
    const opened = await desk.openDraft(page.response);
    const interview = desk.open.value;
    if (opened === 'open-elsewhere' || opened === 'kept-apart') return 'elsewhere';
    if (opened !== 'open' || interview === undefined || onPage === undefined) return 'failed';
    if (interview.pack.value.lang !== page.lang) await interview.showLanguage(page.lang);
    const news = newsOf(interview.form, onPage.form, answers, draft.changedAt < drawnAt);
    for (const [node, text] of news) interview.answer(node, text);
    if (await interview.saved()) return 'open';
    await desk.close();
    return 'failed';
  }

  /** Undefined when the form is not here, or the answers are not of it. */
  async #read(answers: PageAnswers): Promise<{ readonly form: Form; readonly isChanged: boolean } | undefined> {
    const { materials } = this.#around;
    const { page } = answers;
    const material = await materials.find(page.form, page.lang);
    const form = material && materials.resume(material, page.answersJson);
    if (material === undefined || form === undefined) return undefined;
    form.useTexts(material.pack);
    return { form, isChanged: giveFields(form, answers) };
  }

  async #keepDraft(answers: PageAnswers): Promise<boolean> {
    const { storage, environment, responses } = this.#around;
    const { page } = answers;
    const read = await this.#read(answers);
    if (read === undefined) return false;
    const now = utcText(environment.clock.now());
    const begun = Date.parse(page.begun);
    const draft: StoredDraft = {
      id: page.response,
      form: page.form,
      lang: page.lang,
      shown: wordsShown(page),
      position: '',
      answersJson: read.form.draftJson(),
      shortTitle: shortTitle(read.form),
      begunAt: Number.isNaN(begun) ? now : utcText(begun),
      changedAt: now,
      neighbourhood: page.poster.neighbourhood.id,
      visit: this.#visit(page.poster),
      ...(page.answersJson === '{}' && !read.isChanged ? { untouched: true } : {}),
    };
    const saved = await storage.writeVital((connection) => saveDraft(connection, draft));
    if (saved.kind === 'failed' || saved.value !== 'saved') return false;
    await responses.load();
    await storage.startCanary(now);
    return true;
  }

  #visit({ poster, code }: Poster): StoredVisit {
    return { poster, code, reference: makeReference(this.#around.environment.random.bytes(REFERENCE_BYTES)) };
  }

  async #fetchOtherLanguages({ languages }: StoredForm): Promise<void> {
    const { library } = this.#around;
    for (const { texts } of languages) if (!library.here.value.has(texts)) await library.fetch('texts', texts);
  }
}

function isTaken(answer: NetworkAnswer): boolean {
  return answer.kind === 'answer' && (answer.status === 200 || answer.status === 201);
}
