/** Puts the app together from its parts. The order of `start` is what a cold start without a network waits for: only this phone. */

import { computed, effect, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { CatalogueShelf } from '../i18n/catalogue.ts';
import type { StoredForm, StoredWords } from '../store/schema.ts';
import type { Actions } from './actions.ts';
import type { App } from './app.ts';
import { DayDoor } from './day-door.ts';
import { InterviewDesk } from './desk.ts';
import { EnrolmentDesk } from './enrolment.ts';
import { FileDoor } from './file-door.ts';
import { FormShelf } from './forms.ts';
import { Library } from './library.ts';
import { LockDoor } from './lock-door.ts';
import { LooksDesk } from './looks.ts';
import { Materials } from './materials.ts';
import { utcText } from './moments.ts';
import { offlineReadiness } from './offline.ts';
import { ResponseList } from './responses.ts';
import type { UpdateStatus } from './state.ts';
import { Storage } from './storage.ts';
import { SyncDoor } from './sync.ts';
import { Tongue } from './tongue.ts';
import type { Visits } from './visits.ts';

const WORDS_PATIENCE_MS = 2_000;

interface Ingredients {
  readonly environment: Environment;
  readonly catalogues: CatalogueShelf;
  /** For tests: a database of their own. */
  readonly databaseName?: string;
  readonly version: string;
}

interface Parts {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly tongue: Tongue;
  readonly looks: LooksDesk;
  readonly library: Library;
  readonly materials: Materials;
  readonly files: FileDoor;
  readonly enrolment: EnrolmentDesk;
  readonly forms: FormShelf;
  readonly responses: ResponseList;
  readonly desk: InterviewDesk;
  readonly sync: SyncDoor;
  readonly lock: LockDoor;
  readonly visits: Signal<Visits | undefined>;
  readonly day: DayDoor;
}

export interface StartedApp {
  readonly app: App;
  /** Resolves when what is on the phone is on the screen; the network is asked only after that. */
  readonly ready: Promise<void>;
}

export function createApp(ingredients: Ingredients): StartedApp {
  const parts = assemble(ingredients);
  const update: Signal<UpdateStatus> = signal('none');
  parts.environment.page.onUpdate(() => {
    update.value = 'waiting';
  });
  const install: Signal<(() => Promise<boolean>) | undefined> = signal(undefined);
  parts.environment.page.onInstall?.((offer) => {
    install.value = offer;
  });
  effect(() => showSaved(parts));
  effect(() => followInterview(parts));
  const app: App = {
    enrolment: parts.enrolment.state,
    forms: parts.forms.summaries,
    responses: parts.responses.summaries,
    interview: parts.desk.open,
    sync: parts.sync.report,
    signOff: parts.sync.signOff,
    lock: parts.lock.state,
    storage: parts.storage.trouble,
    lost: parts.storage.lost,
    room: parts.files.room,
    places: parts.files.places,
    update,
    offline: offlineReadiness(parts.environment.page, parts.forms.summaries),
    media: parts.files.mediaHere,
    visits: parts.visits,
    day: parts.day.day,
    install,
    language: parts.tongue.language,
    get languages() {
      return parts.tongue.languages.value;
    },
    awaited: parts.tongue.awaited,
    words: parts.tongue.words,
    looks: parts.looks.looks,
    version: ingredients.version,
    actions: createActions(parts, () => ready),
  };
  const ready = start(parts);
  return { app, ready };
}

function assemble({ environment, catalogues, databaseName, version }: Ingredients): Parts {
  const storage = new Storage(environment.storage, databaseName);
  const library = new Library(environment.network, storage);
  const tongue = new Tongue({ environment, storage, library, catalogues });
  const lang = () => tongue.language.value.lang;
  const looks = new LooksDesk(storage, environment.page);
  const responses = new ResponseList(storage, lang);
  const enrolment = new EnrolmentDesk({ environment, storage, onForms: (manifest) => forms.welcome(manifest) });
  const token = () => enrolment.credentials?.token;
  const credentials = () => enrolment.credentials;
  const materials = new Materials({ environment, library, credentials });
  const isWorkers = () => enrolment.credentials?.role === 'worker';
  const files = new FileDoor({ environment, storage, library, materials, lang, isWorkers });
  const onComplete = async (complete: readonly StoredForm[]) => (await files.open())?.fetchForForms(complete);
  const onWords = (words: readonly StoredWords[]) => tongue.takeAdded(words);
  const forms = new FormShelf({ network: environment.network, storage, library, lang, token, onComplete, onWords });
  const desk = new InterviewDesk({ environment, storage, library, materials, files, responses, lang, credentials });
  const sync = new SyncDoor({ environment, storage, enrolment, forms, responses, materials, desk, version });
  const visits: Parts['visits'] = signal(undefined);
  const onFinished = () => void sync.wake('finalised');
  const { places } = files;
  const day = new DayDoor({
    environment,
    storage,
    materials,
    responses,
    forms,
    desk,
    places,
    lang,
    credentials,
    onFinished,
  });
  const { signOff } = sync;
  const onOpen = () => void sync.wake('button');
  const lock = new LockDoor({ environment, storage, enrolment, responses, desk, signOff, day, onOpen });
  return {
    environment,
    storage,
    tongue,
    looks,
    library,
    materials,
    files,
    enrolment,
    forms,
    responses,
    desk,
    sync,
    lock,
    visits,
    day,
  };
}

async function start(parts: Parts): Promise<void> {
  const { environment, storage, tongue, looks, library, files, enrolment, forms, responses, sync } = parts;
  const read = responses.load().then(() => parts.lock.load());
  const here = [looks.load(), library.load(), forms.load(), read, sync.load(), storage.lookForWipe()];
  await Promise.all([...here, Promise.race([tongue.load(), pause(environment)])]);
  await enrolment.load();
  // Only now: before, the list is empty because it has not been read.
  effect(() => void storage.noteUnsent(responses.unsent.value));
  const holdsVisits = computed(() => isWorkers(parts) && responses.summaries.value.some(({ visit }) => visit));
  effect(() => void (holdsVisits.value && sealVisits(parts)));
  environment.page.whenQuiet(() => void files.look());
  environment.page.onWake((reason) => {
    void parts.lock.load();
    void sync.wake(reason);
    void files.look();
  });
  void sync.wake('open');
}

/** Its person asked residents for nothing: what those answered by themselves is not theirs to read. */
async function sealVisits(parts: Parts): Promise<void> {
  await (await fetchVisits(parts, Promise.resolve()))?.forgetting.clear('visits');
}

function isWorkers({ enrolment }: Parts): boolean {
  const state = enrolment.state.value;
  return state.kind === 'enrolled' && state.role === 'worker';
}

/** Words that are slow to come do not hold up the answers that are here: English shows until they arrive. */
function pause({ clock }: Environment): Promise<void> {
  return new Promise((resolve) => void clock.after(WORDS_PATIENCE_MS, resolve));
}

/** `<html data-saved>`: yes only when no keystroke of the open interview is still on its way to the disk. */
function showSaved({ desk, environment }: Parts): void {
  const interview = desk.open.value;
  environment.page.showSaved(interview === undefined || interview.saveState.value === 'saved');
}

/** As it is opened; after that a person chooses. */
function followInterview({ desk, tongue }: Parts): void {
  const interview = desk.open.value;
  void tongue.follow(interview?.pack.peek().lang);
}

function createActions(parts: Parts, ready: () => Promise<void>): Actions {
  const { environment, storage, tongue, enrolment, files, forms, desk, sync } = parts;
  return {
    secretInAddress: () => environment.page.secret(),
    async enrol(secretOrLink) {
      const outcome = await enrolment.enrol(secretOrLink);
      if (outcome === 'enrolled') sync.wakeAfterEnrolment();
      return outcome;
    },
    async beginResponse(formId) {
      const day = isWorkers(parts) ? await parts.day.open() : undefined;
      return day === undefined ? desk.begin(forms.find(formId)) : day.begin(formId);
    },
    openDraft: (responseId) => desk.openDraft(responseId),
    closeInterview: async () => void (await desk.close()),
    setLanguage: (lang) => tongue.choose(lang),
    setLooks: (looks) => parts.looks.choose(looks),
    async finalise(responseId) {
      const outcome = await desk.finalise(responseId);
      if (outcome.kind !== 'finalised') return outcome;
      void storage.askToPersist();
      void sync.wake('finalised');
      void files.look();
      return outcome;
    },
    readMedia: async (sha256) => (await files.open())?.media.read(sha256),
    sounds: async () => (await files.open())?.sounds,
    readResponse: async (responseId) =>
      (await files.open())?.readResponse(responseId, parts.tongue.language.peek().lang) ?? { kind: 'form-not-here' },
    discardDraft: async (responseId) =>
      (await import('./discarding.ts').catch(() => undefined))?.discard(responseId, parts),
    syncNow: () => sync.wake('button'),
    async restartForUpdate() {
      if ((await desk.open.value?.saved()) === false) return 'unsaved';
      const updating = await import('./updating.ts').catch(() => undefined);
      if (await updating?.isOpenElsewhere(parts)) return 'elsewhere';
      environment.page.useUpdate();
      return 'restarting';
    },
    day: () => parts.day.open(),
    people: () => parts.lock.open(),
    acknowledgeWipe: () => storage.startCanary(utcText(environment.clock.now())),
    prepareWords: (lang) => tongue.prepare(lang),
    async reportWords(report) {
      const door = await import('./word-reports.ts').catch(() => undefined);
      return door?.reportWords(parts, report) ?? 'storage-failed';
    },
    visits: () => fetchVisits(parts, ready()),
    acknowledgeRoom() {
      files.room.value = 'told';
    },
  };
}

/** One for all who ask; what could not be fetched is tried again. */
async function fetchVisits(parts: Parts, ready: Promise<void>): Promise<Visits | undefined> {
  const fetched = await import('./visits.ts').catch(() => undefined);
  parts.visits.value ??= fetched && new fetched.Visits({ ...parts, ready });
  return parts.visits.value;
}
