/** A person with a phone, in front of a server: what they do, in a few words. */

import assert from 'node:assert/strict';
import { packedCatalogue } from '../../i18n/sentence-name.ts';
import type { App } from '../app.ts';
import { createApp } from '../create.ts';
import type { Interview } from '../interview.ts';
import { type Answerer, goodServer, makePhone, type Phone, SECRET } from './phone.ts';

export const CATALOGUES = {
  languages: ['bn'],
  load: async () => packedCatalogue({ Save: 'রাখুন' }),
};

export interface Setting {
  readonly phone: Phone;
  readonly app: App;
  /** The same phone after a cold start. */
  restart(): Promise<App>;
  answerWith(answerer: Answerer): void;
}

export async function setUp(databaseName: string, answerer: Answerer): Promise<Setting> {
  const network = { answerer };
  const phone = makePhone(() => network.answerer);
  const restart = async (): Promise<App> => {
    const { app, ready } = createApp({
      environment: phone.environment,
      catalogues: CATALOGUES,
      databaseName,
      version: '0',
    });
    await ready;
    return app;
  };
  const answerWith = (next: Answerer): void => {
    network.answerer = next;
  };
  return { phone, app: await restart(), restart, answerWith };
}

/** Turns of the event loop; a chunk of code that is fetched late takes some thousands. */
const MOST_TURNS = 500_000;

/** Until what happens behind the scenes has happened. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS && !condition(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition(), `never came true: ${condition}`);
}

export async function enrolled(databaseName: string, answerer = goodServer()): Promise<Setting> {
  const setting = await setUp(databaseName, answerer);
  assert.equal(await setting.app.actions.enrol(`https://fieldwell.example/enrol#${SECRET}`), 'enrolled');
  await until(() => setting.app.forms.value[0]?.readiness === 'here');
  await setting.app.actions.syncNow();
  await until(() => setting.app.forms.value[0]?.languages.every(({ here }) => here) === true);
  return setting;
}

export async function begun(app: App, formId = 'aab'): Promise<Interview> {
  const outcome = await app.actions.beginResponse(formId);
  assert.equal(outcome.kind, 'begun');
  return openInterview(app);
}

export function openInterview(app: App): Interview {
  const interview = app.interview.value;
  assert.ok(interview);
  return interview;
}

export function answer(interview: Interview, path: string, text: string): void {
  const node = interview.form.find(path);
  assert.ok(node, path);
  interview.answer(node, text);
}

export function value(interview: Interview, path: string): string | undefined {
  return interview.form.find(path)?.value;
}
