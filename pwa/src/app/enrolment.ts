/** Binding this phone to a neighbourhood's work, by a one-time secret. Repeating it is safe: the device's id is stored first. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment, NetworkAnswer } from '../environment.ts';
import { readSetting, saveSetting, saveSettingOnce } from '../store/settings.ts';
import { uuid4 } from '../sync/ids.ts';
import { readProblemCode } from '../sync/problem-code.ts';
import { type Fields, fieldsOf, parseJson, textOf } from '../sync/shape.ts';
import type { EnrolOutcome } from './actions.ts';
import { utcText } from './moments.ts';
import type { Enrolment } from './state.ts';
import type { Storage } from './storage.ts';

const ENROL_TIMEOUT_MS = 30_000;
/** A new name for this phone is tried once: somebody else has the one it gave, or it cannot show that it is its own. */
const NAMES_TRIED = 2;

/** What the server gave us, as it is kept in settings. */
export interface Credentials {
  readonly token: string;
  readonly device: string;
  readonly role: 'worker' | 'resident';
  readonly name: string;
  readonly neighbourhood: { readonly id: string; readonly name: string };
}

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  /** The forms that came with a new enrolment, unparsed. */
  readonly onForms: (manifest: unknown) => Promise<void>;
}

export class EnrolmentDesk {
  readonly #state: Signal<Enrolment> = signal({ kind: 'unknown' });
  #credentials: Credentials | undefined;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get state(): ReadonlySignal<Enrolment> {
    return this.#state;
  }

  get credentials(): Credentials | undefined {
    return this.#credentials;
  }

  async load(): Promise<void> {
    const stored = await this.#around.storage.read((connection) => readSetting(connection, 'enrolment'));
    this.#show(stored.kind === 'done' ? readCredentials(fieldsOf(stored.value)) : undefined);
  }

  async enrol(secretOrLink: string): Promise<EnrolOutcome> {
    const { environment, storage, onForms } = this.#around;
    const answer = await this.#introduce(secretIn(secretOrLink));
    if (answer === undefined) return 'storage-failed';
    const outcome = outcomeOf(answer);
    if (outcome !== 'enrolled') return outcome;
    const fields = fieldsOf(parseJson(bodyOf(answer)));
    const credentials = readCredentials(fields);
    if (credentials === undefined) return 'not-our-server';
    if (!(await this.keep(credentials))) return 'storage-failed';
    await storage.startCanary(utcText(environment.clock.now()));
    environment.page.forgetSecret();
    await onForms(fields.get('forms'));
    return 'enrolled';
  }

  /** A server has given us a fresh token before the old one ran out. */
  async renew(token: string): Promise<void> {
    if (this.#credentials !== undefined) await this.keep({ ...this.#credentials, token });
  }

  /** Our token is accepted again, or not any more. Whatever is on the phone stays. */
  markRenewal(renewal: 'needed' | 'not-needed'): void {
    const state = this.#state.value;
    if (state.kind === 'enrolled' && state.renewal !== renewal) this.#state.value = { ...state, renewal };
  }

  /** False when it cannot be stored. */
  async keep(credentials: Credentials): Promise<boolean> {
    const saved = await this.#around.storage.write((connection) =>
      saveSetting(connection, 'enrolment', asSetting(credentials)),
    );
    if (saved.kind === 'done') this.#show(credentials);
    return saved.kind === 'done';
  }

  #show(credentials: Credentials | undefined): void {
    this.#credentials = credentials;
    if (credentials === undefined) this.#state.value = { kind: 'none' };
    else {
      const { role, name, neighbourhood } = credentials;
      this.#state.value = { kind: 'enrolled', role, name, neighbourhood, renewal: 'not-needed' };
    }
  }

  /** What the server says; undefined: the name of this phone cannot be stored. */
  async #introduce(secret: string): Promise<NetworkAnswer | undefined> {
    const { environment, storage } = this.#around;
    let answer: NetworkAnswer | undefined;
    for (let tried = 0; tried < NAMES_TRIED; tried += 1) {
      const name = uuid4(environment.random.bytes(16));
      const device = await storage.write((connection) =>
        tried === 0
          ? saveSettingOnce(connection, 'device', name)
          : saveSetting(connection, 'device', name).then(() => name),
      );
      if (device.kind === 'failed' || typeof device.value !== 'string') return undefined;
      answer = await this.#exchange(secret, device.value);
      if (answer.kind !== 'answer' || readProblemCode(answer.body) !== 'device-known') return answer;
    }
    return answer;
  }

  /** The token, even one out of date, shows that the phone is the device that it says. */
  #exchange(secret: string, device: string): Promise<NetworkAnswer> {
    const token = this.#credentials?.token;
    return this.#around.environment.network.send({
      method: 'POST',
      path: '/devices/v1/enrol',
      body: JSON.stringify({ secret, device }),
      timeout: ENROL_TIMEOUT_MS,
      ...(token === undefined ? {} : { token }),
    });
  }
}

/** A person may paste the whole link: on iOS an app on the Home Screen does not share what the browser knows. */
function secretIn(secretOrLink: string): string {
  return secretOrLink.trim().replace(/^.*#/, '');
}

function outcomeOf(answer: NetworkAnswer): EnrolOutcome {
  if (answer.kind === 'lost') return 'no-connection';
  if (answer.status === 200 || answer.status === 201) return 'enrolled';
  const code = readProblemCode(answer.body);
  if (code === 'enrolment-used') return 'used';
  if (code === 'enrolment-expired') return 'expired';
  if (code === 'enrolment-unknown' || code === 'malformed') return 'unknown';
  return code === '' && answer.status < 500 ? 'not-our-server' : 'server-error';
}

function bodyOf(answer: NetworkAnswer): string {
  return answer.kind === 'answer' ? answer.body : '';
}

/** The same names as in the server's answer, so that one reader does for both. */
function asSetting({ token, device, role, name, neighbourhood }: Credentials): unknown {
  return { token, device, role, name, neighbourhood: { id: neighbourhood.id, name: neighbourhood.name } };
}

export function readCredentials(fields: Fields): Credentials | undefined {
  const token = textOf(fields.get('token'));
  const device = textOf(fields.get('device'));
  const neighbourhood = fieldsOf(fields.get('neighbourhood'));
  const id = textOf(neighbourhood.get('id'));
  if (token === undefined || device === undefined || id === undefined) return undefined;
  return {
    token,
    device,
    role: fields.get('role') === 'resident' ? 'resident' : 'worker',
    name: textOf(fields.get('name')) ?? '',
    neighbourhood: { id, name: textOf(neighbourhood.get('name')) ?? id },
  };
}
