/** What a first question can do without: files of responses, pictures of forms, reading finished responses. Fetched apart (file-door.ts). */

import type { Signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { StoredAttachment, StoredForm } from '../store/schema.ts';
import type { ReadOutcome } from './actions.ts';
import { newAttachment, readFile, type Whose } from './attachments.ts';
import { type Finishing, storeRevision } from './finishing.ts';
import type { FileOutcome, GivenFile } from './interview.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import { MediaShelf } from './media.ts';
import { type Places, PlacesDesk } from './places.ts';
import { readResponse } from './reading.ts';
import { RoomWatch } from './room.ts';
import { SoundShelf } from './sounds.ts';
import type { Lang, RoomState } from './state.ts';
import type { Attempt, Storage } from './storage.ts';
import { letGoOfUnneeded } from './unneeded.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly library: Library;
  readonly materials: Materials;
  /** Names of pictures, sounds and videos on this phone; kept up to date. */
  readonly here: Signal<ReadonlySet<string>>;
  readonly roomState: Signal<RoomState>;
  readonly places: Signal<Places | undefined>;
  /** The language in use. */
  readonly lang: () => Lang;
  /** A resident pays for what this phone fetches: sounds come when they are pressed. */
  readonly isWorkers: () => boolean;
}

export interface Files {
  readonly media: MediaShelf;
  readonly sounds: SoundShelf;
  readonly room: RoomWatch;
  /** Whether there is room, and what is new around here. */
  look(): Promise<unknown>;
  /** What goes with forms that are here: pictures and videos, then what is heard; and what no form needs any more goes. */
  fetchForForms(forms: readonly StoredForm[]): Promise<void>;
  newAttachment(file: GivenFile, responseId: string): Promise<StoredAttachment>;
  readFile(name: string, whose: Whose): Promise<FileOutcome>;
  /** The draft becomes a revision: one durable transaction. */
  finalise(finishing: Finishing): Promise<Attempt<'finalised' | 'not-found'>>;
  readResponse(responseId: string, wanted: string): Promise<ReadOutcome>;
}

export async function openFiles(around: Surroundings): Promise<Files> {
  const room = new RoomWatch({ ...around, state: around.roomState });
  const media = new MediaShelf({ ...around, room });
  const sounds = new SoundShelf({ ...around, media });
  const places = new PlacesDesk({ ...around, room });
  await Promise.all([media.load(), sounds.load()]);
  return {
    media,
    sounds,
    room,
    look: () => Promise.all([room.look(), places.look()]),
    async fetchForForms(forms) {
      await places.look();
      await media.fetchForForms(forms);
      await sounds.fetchAhead(forms);
      await letGoOfUnneeded({ ...around, media });
    },
    newAttachment: (file, responseId) => newAttachment(file, { responseId, environment: around.environment }),
    readFile: (name, whose) => readFile(name, whose, around),
    finalise: (finishing) => storeRevision(finishing, around),
    readResponse: (responseId, wanted) => readResponse(responseId, wanted, around),
  };
}
