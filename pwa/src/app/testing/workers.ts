/** Workers with PINs on a phone for tests, and what lies on its disk. */

import assert from 'node:assert/strict';
import { Connection } from '../../store/connection.ts';
import type { App } from '../app.ts';
import type { People } from '../lock.ts';
import { answer, begun } from './person.ts';
import { type Answerer, noNetwork } from './phone.ts';

export const PIN = '493817';
export const WORD = 'Sphinxchoir';

export async function peopleOf(app: App): Promise<People> {
  const people = await app.actions.people();
  assert.ok(people);
  return people;
}

export async function withPin(app: App): Promise<{ readonly people: People; readonly code: string }> {
  const people = await peopleOf(app);
  const { code, confirm } = await people.setPin(PIN);
  assert.equal(await confirm(), 'on');
  return { people, code };
}

/** Its id. */
export function idOf(people: People, name: string): string {
  return people.list.find((person) => person.name === name)?.id ?? '';
}

export async function drafted(app: App, word = WORD): Promise<string> {
  const interview = await begun(app);
  answer(interview, '/data/asset_name', word);
  assert.ok(await interview.saved());
  await app.actions.closeInterview();
  return interview.responseId;
}

export async function finished(app: App, word = WORD): Promise<string> {
  const interview = await begun(app);
  answer(interview, '/data/asset_name', word);
  answer(interview, '/data/__proto__', word);
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  return interview.responseId;
}

/** All that this phone's disk holds of interviews, as text. */
export async function diskText(name: string): Promise<string> {
  const connection = new Connection({ usable: true, name });
  const all = await connection.run(async (database) => [
    ...(await database.getAll('drafts')),
    ...(await database.getAll('revisions')),
    ...(await database.getAll('lines')),
    ...(await database.getAll('attachments')),
  ]);
  await connection.close();
  const decoder = new TextDecoder();
  return JSON.stringify(all, (_, member) => (member instanceof ArrayBuffer ? decoder.decode(member) : member));
}

export function titles(app: App): readonly string[] {
  return app.responses.value.map(({ shortTitle }) => shortTitle).sort();
}

/** Nothing that is pushed gets anywhere; all else is answered. */
export function withoutPush(server: Answerer): Answerer {
  return (request) => (request.path === '/sync/v1/push' ? noNetwork(request) : server(request));
}

export async function untilAsync(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) if (await condition()) return;
  assert.fail(`never came true: ${condition}`);
}
