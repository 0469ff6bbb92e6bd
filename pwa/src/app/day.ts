/**
 * A worker's day: where they are today, which form they used last, what came to nothing, what is to be corrected, and whether it would
 * help to install the app. Fetched apart: a first question needs none of it.
 */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { countOf, fieldsOf, textOf } from '../sync/shape.ts';
import type { BeginOutcome, CorrectOutcome } from './actions.ts';
import { correct } from './correcting.ts';
import type { InterviewDesk } from './desk.ts';
import type { Credentials } from './enrolment.ts';
import { findInAnswers, foundByName } from './finding.ts';
import type { FormShelf } from './forms.ts';
import type { Materials } from './materials.ts';
import { localText } from './moments.ts';
import { NoInterview } from './no-interview.ts';
import { NO_INTERVIEW } from './outcome-title.ts';
import type { Places } from './places.ts';
import type { ResponseList } from './responses.ts';
import type { Lang, ResponseSummary } from './state.ts';
import type { Storage } from './storage.ts';

/** A person who wants no icon is not asked again for so long. */
const INSTALL_PAUSE_MS = 30 * 24 * 3_600_000;

interface Venue {
  readonly id: string;
  readonly name: string;
}

/** What a worker chose in the morning. */
interface Chosen extends Venue {
  /** `2026-11-20` by the clock on the wall: tomorrow they may be somewhere else. */
  readonly date: string;
}

export interface DayCount {
  readonly interviews: number;
  readonly withoutInterview: number;
}

export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly materials: Materials;
  readonly responses: ResponseList;
  readonly forms: FormShelf;
  readonly desk: InterviewDesk;
  readonly places: ReadonlySignal<Places | undefined>;
  readonly lang: () => Lang;
  readonly credentials: () => Credentials | undefined;
  readonly onFinished: () => void;
}

export class Day {
  /** Where the worker is today, as far as they have said. */
  readonly venue: ReadonlySignal<Venue | undefined>;
  /** Id of the form that was begun last. */
  readonly lastForm: ReadonlySignal<string>;
  readonly count: ReadonlySignal<DayCount>;
  /** Nobody has put the offer to install away in the last 30 days. */
  readonly mayOfferInstall: ReadonlySignal<boolean>;
  readonly noInterview: NoInterview;
  readonly #chosen: Signal<Chosen | undefined> = signal(undefined);
  readonly #lastForm: Signal<string> = signal('');
  readonly #putAway: Signal<number> = signal(0);
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    const { responses, places, forms, environment } = around;
    this.#around = around;
    this.lastForm = this.#lastForm;
    this.venue = computed(() => stillThere(this.#chosen.value, places.value));
    this.count = computed(() => this.#countToday(responses.summaries.value));
    this.mayOfferInstall = computed(() => environment.clock.now() - this.#putAway.value > INSTALL_PAUSE_MS);
    this.noInterview = new NoInterview({
      ...around,
      form: () => forms.find(NO_INTERVIEW),
      venue: () => this.#venueNow()?.id,
    });
  }

  async begin(formId: string): Promise<BeginOutcome> {
    const { desk, forms } = this.#around;
    const venue = this.#venueNow();
    const outcome = await desk.begin(forms.find(formId), venue === undefined ? {} : { venue: venue.id });
    if (outcome.kind === 'begun' && formId !== this.#lastForm.value) await this.#keep('last-form', formId);
    this.#lastForm.value = formId;
    return outcome;
  }

  /** Undefined: at no venue. */
  async chooseVenue(venue: Venue | undefined): Promise<void> {
    const chosen = venue && { ...venue, date: this.#today() };
    this.#chosen.value = chosen;
    await this.#keep('venue', chosen ?? '');
  }

  correct(responseId: string): Promise<CorrectOutcome> {
    return correct(responseId, { ...this.#around, now: () => this.#around.environment.clock.now() });
  }

  foundByName(query: string): ReadonlySet<string> {
    return foundByName(this.#around.responses.summaries.peek(), query);
  }

  findInAnswers(query: string): AsyncGenerator<ReadonlySet<string>> {
    return findInAnswers(this.#around.storage, query);
  }

  async putInstallAway(): Promise<void> {
    this.#putAway.value = this.#around.environment.clock.now();
    await this.#keep('install-put-away', this.#putAway.value);
  }

  async load(): Promise<void> {
    const read = await this.#around.storage.read((connection) =>
      Promise.all([
        readSetting(connection, 'venue'),
        readSetting(connection, 'last-form'),
        readSetting(connection, 'install-put-away'),
      ]),
    );
    if (read.kind === 'failed') return;
    const [venue, lastForm, putAway] = read.value;
    const chosen = readChosen(venue);
    this.#chosen.value = chosen?.date === this.#today() ? chosen : undefined;
    this.#lastForm.value = textOf(lastForm) ?? '';
    this.#putAway.value = countOf(putAway) ?? 0;
  }

  async #keep(name: 'venue' | 'last-form' | 'install-put-away', value: unknown): Promise<void> {
    await this.#around.storage.write((connection) => saveSetting(connection, name, value));
  }

  /** Also where the app has been open since yesterday. */
  #venueNow(): Venue | undefined {
    if (this.#chosen.value !== undefined && this.#chosen.value.date !== this.#today()) this.#chosen.value = undefined;
    return this.venue.value;
  }

  #countToday(responses: readonly ResponseSummary[]): DayCount {
    const { clock } = this.#around.environment;
    const today = this.#today();
    const dayOf = (at: string): string => localText(Date.parse(at), clock.offset()).slice(0, 10);
    // They stand in order, newest first.
    const end = responses.findIndex(({ when }) => dayOf(when) < today);
    const ofToday = end < 0 ? responses : responses.slice(0, end);
    const withoutInterview = ofToday.filter(({ formId }) => formId === NO_INTERVIEW).length;
    // What is corrected is the interview that it was, and of its day.
    const isNew = ({ formId, state, corrects, firstFinished = '' }: ResponseSummary) =>
      formId !== NO_INTERVIEW &&
      (corrects ? firstFinished !== '' && dayOf(firstFinished) === today : state !== 'draft');
    const interviews = ofToday.filter(isNew).length;
    return { interviews, withoutInterview };
  }

  #today(): string {
    const { clock } = this.#around.environment;
    return localText(clock.now(), clock.offset()).slice(0, 10);
  }
}

export async function openDay(around: Surroundings): Promise<Day> {
  const day = new Day(around);
  await day.load();
  await day.noInterview.finishLeftOver();
  return day;
}

/** A venue that the team has closed since is none; before the list of them has come, it is taken to be there. */
function stillThere(chosen: Chosen | undefined, places: Places | undefined): Venue | undefined {
  if (chosen === undefined || places === undefined) return chosen;
  return places.venues.find(({ id }) => id === chosen.id);
}

function readChosen(value: unknown): Chosen | undefined {
  const fields = fieldsOf(value);
  const [id, name, date] = [textOf(fields.get('id')), textOf(fields.get('name')), textOf(fields.get('date'))];
  return id === undefined || name === undefined || date === undefined ? undefined : { id, name, date };
}
