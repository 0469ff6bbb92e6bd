/** What a first question can do without: files of responses, pictures of forms, reading finished responses. Fetched apart (file-door.ts). */

import type { Signal } from '@preact/signals';
import type { Environment } from '../environment.ts';
import type { StoredAttachment } from '../store/schema.ts';
import type { ReadOutcome } from './actions.ts';
import { newAttachment, readFile, type Whose } from './attachments.ts';
import type { FileOutcome, GivenFile } from './interview.ts';
import type { Library } from './library.ts';
import type { Materials } from './materials.ts';
import { MediaShelf } from './media.ts';
import { readResponse } from './reading.ts';
import { RoomWatch } from './room.ts';
import type { RoomState } from './state.ts';
import type { Storage } from './storage.ts';

export interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly library: Library;
  readonly materials: Materials;
  /** Names of pictures, sounds and videos on this phone; kept up to date. */
  readonly here: Signal<ReadonlySet<string>>;
  readonly roomState: Signal<RoomState>;
}

export interface Files {
  readonly media: MediaShelf;
  readonly room: RoomWatch;
  newAttachment(file: GivenFile, responseId: string): Promise<StoredAttachment>;
  readFile(name: string, whose: Whose): Promise<FileOutcome>;
  readResponse(responseId: string): Promise<ReadOutcome>;
}

export async function openFiles(around: Surroundings): Promise<Files> {
  const media = new MediaShelf(around);
  await media.load();
  return {
    media,
    room: new RoomWatch({ ...around, state: around.roomState }),
    newAttachment: (file, responseId) => newAttachment(file, { responseId, environment: around.environment }),
    readFile: (name, whose) => readFile(name, whose, around),
    readResponse: (responseId) => readResponse(responseId, around),
  };
}
