/** The door of the app for the screens: signals to read, actions to call, words to say. */

import type { ReadonlySignal } from '@preact/signals';
import type { Words } from '../i18n/words.ts';
import type { Actions } from './actions.ts';
import type { Day } from './day.ts';
import type { Interview } from './interview.ts';
import type { Looks } from './looks.ts';
import type { Places } from './places.ts';
import type {
  Enrolment,
  FormSummary,
  Language,
  LockState,
  OfflineReadiness,
  ResponseSummary,
  RoomState,
  SignOff,
  StorageTrouble,
  SyncReport,
  UpdateStatus,
} from './state.ts';
import type { Visits } from './visits.ts';

export interface App {
  readonly enrolment: ReadonlySignal<Enrolment>;
  readonly forms: ReadonlySignal<readonly FormSummary[]>;
  /** Newest first; drafts and finalised together. */
  readonly responses: ReadonlySignal<readonly ResponseSummary[]>;
  readonly interview: ReadonlySignal<Interview | undefined>;
  readonly sync: ReadonlySignal<SyncReport>;
  readonly signOff: ReadonlySignal<SignOff>;
  readonly lock: ReadonlySignal<LockState>;
  readonly storage: ReadonlySignal<StorageTrouble>;
  /** With the storage trouble `wiped`: interviews that were nowhere else; undefined when nobody knows. */
  readonly lost: ReadonlySignal<number | undefined>;
  readonly room: ReadonlySignal<RoomState>;
  /** What is known around here; undefined until a server has told, and on residents' phones. */
  readonly places: ReadonlySignal<Places | undefined>;
  readonly update: ReadonlySignal<UpdateStatus>;
  readonly offline: ReadonlySignal<OfflineReadiness>;
  /** Sha256 of the pictures, sounds and videos of forms that are on this phone; read one with `actions.readMedia`. */
  readonly media: ReadonlySignal<ReadonlySet<string>>;
  /** What a resident's phone needs besides, once `actions.visits` has fetched it. */
  readonly visits: ReadonlySignal<Visits | undefined>;
  /** What a worker's day needs besides questions, once `actions.day` has fetched it. */
  readonly day: ReadonlySignal<Day | undefined>;
  /** The browser would put the app on the home screen: asks the person, true when they agree. Undefined: it has not offered. */
  readonly install: ReadonlySignal<(() => Promise<boolean>) | undefined>;
  /** The language in use; `<html lang dir>` follows it by itself. */
  readonly language: ReadonlySignal<Language>;
  /** The languages the app itself speaks, English first. Reactive: the team may add some. */
  readonly languages: readonly Language[];
  /** Chosen, and its words are not here yet: they are asked for until they are. Undefined: nothing is missing. */
  readonly awaited: ReadonlySignal<Language | undefined>;
  readonly words: Words;
  /** Colours and size; `<html data-look data-size>` follows it by itself. */
  readonly looks: ReadonlySignal<Looks>;
  /** Of the app, for a person to read out. */
  readonly version: string;
  readonly actions: Actions;
}
