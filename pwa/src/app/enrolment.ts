/** Whose this phone is, and by which token a server knows it. */

import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { type Fields, fieldsOf, textOf } from '../sync/shape.ts';
import type { EnrolOutcome } from './actions.ts';
import type { Enrolment } from './state.ts';
import type { Storage } from './storage.ts';

/** What the server gave us, as it is kept in settings. */
export interface Credentials {
  readonly token: string;
  readonly device: string;
  readonly role: 'worker' | 'resident';
  readonly name: string;
  readonly neighbourhood: { readonly id: string; readonly name: string };
  /** Id of who works with it now, where it is not only the one whom the server knows. */
  readonly worker?: string;
}

export interface EnrolSurroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  /** The forms that came with a new enrolment, unparsed. */
  readonly onForms: (manifest: unknown) => Promise<void>;
}

export class EnrolmentDesk {
  readonly #state: Signal<Enrolment> = signal({ kind: 'unknown' });
  #credentials: Credentials | undefined;
  #worker: { readonly name: string; readonly worker: string } | undefined;
  readonly #around: EnrolSurroundings;

  constructor(around: EnrolSurroundings) {
    this.#around = around;
  }

  get state(): ReadonlySignal<Enrolment> {
    return this.#state;
  }

  get credentials(): Credentials | undefined {
    return this.#credentials && { ...this.#credentials, ...this.#worker };
  }

  /** From now on the phone speaks in this worker's name; undefined: in the name that the server gave. */
  signIn(worker: { readonly name: string; readonly worker: string } | undefined): void {
    this.#worker = worker;
    if (this.#credentials !== undefined) this.#show(this.#credentials);
  }

  async load(): Promise<void> {
    const stored = await this.#around.storage.read((connection) => readSetting(connection, 'enrolment'));
    this.#show(stored.kind === 'done' ? readCredentials(fieldsOf(stored.value)) : undefined);
  }

  /** How that goes is fetched apart: once enrolled, a phone needs it no more. */
  async enrol(secretOrLink: string): Promise<EnrolOutcome> {
    const fetched = await import('./enrolling.ts').catch(() => undefined);
    return fetched?.enrol(this, this.#around, secretOrLink) ?? 'no-connection';
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
      const { role, name, neighbourhood } = { ...credentials, ...this.#worker };
      this.#state.value = { kind: 'enrolled', role, name, neighbourhood, renewal: 'not-needed' };
    }
  }
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
