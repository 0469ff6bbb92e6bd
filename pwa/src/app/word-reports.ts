/** Words that somebody found wrong: kept on this phone, told to the server now or after a later sync. Fetched apart. */

import type { Environment } from '../environment.ts';
import type { StoredWordReport } from '../store/schema.ts';
import { keepWordReport, readWordReports, removeWordReports } from '../store/word-reports.ts';
import { uuid7 } from '../sync/ids.ts';
import { readProblemCode } from '../sync/problem-code.ts';
import type { ReportOutcome, WordReport } from './actions.ts';
import type { Credentials } from './enrolment.ts';
import type { Storage } from './storage.ts';

const TIMEOUT_MS = 30_000;
const UUID_BYTES = 16;
/** As long as the server takes it (server/wrong_words/rules.py). */
const SCREEN_CHARACTERS = 200;
/** With a problem in its answer, the server will never read what it was told. */
const UNREADABLE = [400, 413];

interface Surroundings {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly enrolment: { readonly credentials: Credentials | undefined };
}

/** On the disk first, then on its way. */
export async function reportWords(around: Surroundings, report: WordReport): Promise<ReportOutcome> {
  const { clock, random } = around.environment;
  const screen = report.screen.slice(0, SCREEN_CHARACTERS);
  const stored: StoredWordReport = { ...report, screen, id: uuid7(clock.now(), random.bytes(UUID_BYTES)) };
  const kept = await around.storage.write((connection) => keepWordReport(connection, stored));
  if (kept.kind === 'failed') return 'storage-failed';
  if (!kept.value) return 'too-many';
  return (await sendWordReports(around)) ? 'sent' : 'kept';
}

/** True: none is left on this phone. A report that is sent twice is kept once. */
export async function sendWordReports(around: Surroundings): Promise<boolean> {
  const read = await around.storage.read(readWordReports);
  if (read.kind === 'failed') return false;
  if (read.value.length === 0) return true;
  const told = await tell(around, read.value);
  if (told !== 'unreadable' || read.value.length === 1) return told !== 'not-told';
  // One of them is: the others are not lost with it.
  for (const report of read.value) if ((await tell(around, [report])) === 'not-told') return false;
  return true;
}

/** What the server has, or will never read, is of no more use here. */
async function tell(
  { environment, storage, enrolment }: Surroundings,
  reports: readonly StoredWordReport[],
): Promise<'told' | 'unreadable' | 'not-told'> {
  const token = enrolment.credentials?.token;
  const answer = await environment.network.send({
    method: 'POST',
    path: '/devices/v1/words',
    body: JSON.stringify({ reports }),
    timeout: TIMEOUT_MS,
    ...(token === undefined ? {} : { token }),
  });
  if (answer.kind !== 'answer') return 'not-told';
  const isRefused = UNREADABLE.includes(answer.status) && (reports.length > 1 || readProblemCode(answer.body) !== '');
  if (!isRefused && answer.status !== 201) return 'not-told';
  if (isRefused && reports.length > 1) return 'unreadable';
  const ids = reports.map(({ id }) => id);
  const removed = await storage.write((connection) => removeWordReports(connection, ids));
  if (removed.kind === 'failed') return 'not-told';
  return isRefused ? 'unreadable' : 'told';
}
