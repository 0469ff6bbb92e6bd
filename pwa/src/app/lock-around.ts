/** What the lock needs of the rest of the app, and how it speaks of people. */

import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { DayDoor } from './day-door.ts';
import type { InterviewDesk } from './desk.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { ResponseList } from './responses.ts';
import type { LockState, SignOff } from './state.ts';
import type { Storage } from './storage.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: EnrolmentDesk;
  readonly responses: ResponseList;
  readonly desk: InterviewDesk;
  readonly state: Signal<LockState>;
  /** The team has signed this phone off, and it was emptied. */
  readonly signOff: ReadonlySignal<SignOff>;
  /** Somebody has opened the lock: there may be something to go on with. */
  readonly onOpen: () => void;
  /** What waits there to be finished by itself is finished before a lock, while its worker can still open it. */
  readonly day: Pick<DayDoor, 'day'>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly hasPin: boolean;
}
