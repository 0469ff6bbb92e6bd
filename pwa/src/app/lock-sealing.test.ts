/** What lies sealed on a phone with a PIN, and that all of it can be gone on with, or sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, begun, enrolled, openInterview, until, value } from './testing/person.ts';
import { goodServer, noNetwork } from './testing/phone.ts';
import {
  diskText,
  drafted,
  finished,
  PIN,
  peopleOf,
  titles,
  untilAsync,
  WORD,
  withoutPush,
  withPin,
} from './testing/workers.ts';

test('a phone without a PIN never loads the lock, and is open', async () => {
  const { app } = await enrolled('lock-none');
  assert.deepEqual(app.lock.value, { kind: 'open' });
  await drafted(app);
  assert.ok((await diskText('lock-none')).includes(WORD));
});

test('what was typed before and after a PIN was set lies sealed, and can be gone on with', async () => {
  const setting = await enrolled('lock-sealed', withoutPush(goodServer()));
  const { app } = setting;
  const before = await drafted(app);
  await app.actions.closeInterview();
  await finished(app, `${WORD} finished`);
  await withPin(setting.app);
  const after = await drafted(app, `${WORD} after`);
  await app.actions.closeInterview();
  await until(() => titles(app).length === 3);
  assert.deepEqual([...titles(app)].sort(), [WORD, `${WORD} after`, `${WORD} finished`]);
  await untilAsync(async () => !(await diskText('lock-sealed')).includes(WORD));
  for (const id of [before, after]) assert.equal(await app.actions.openDraft(id), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), `${WORD} after`);
});

test('what is finished is sent from a locked phone, as it was made', async () => {
  const pushed: string[] = [];
  const setting = await enrolled('lock-sending', goodServer(pushed));
  await withPin(setting.app);
  setting.answerWith(noNetwork);
  await finished(setting.app);
  await (await peopleOf(setting.app)).lock();
  const app = await setting.restart();
  assert.equal(app.lock.value.kind, 'locked');
  setting.answerWith(goodServer(pushed));
  await app.actions.syncNow();
  await until(() => app.sync.value.waiting === 0);
  // The app from before lives on here, as in another tab, and may send it too: the very same.
  assert.equal(new Set(pushed).size, 1);
  const bodies = setting.phone.requests.filter(({ path }) => path === '/sync/v1/push').map(({ body }) => body ?? '');
  assert.ok(bodies.at(-1)?.includes(WORD));
});

test('a PIN is turned off, and everything goes on', async () => {
  const setting = await enrolled('lock-off');
  const { app } = setting;
  const { people } = await withPin(setting.app);
  const id = await drafted(app);
  await app.actions.closeInterview();
  assert.equal((await people.removePin('999999')).kind, 'wrong');
  setting.phone.turnClock(2_000);
  assert.equal((await people.removePin(PIN)).kind, 'open');
  const again = await setting.restart();
  assert.equal(again.lock.value.kind, 'open');
  assert.deepEqual(titles(again), [WORD]);
  assert.equal(await again.actions.openDraft(id), 'open');
  answer(openInterview(again), '/data/asset_name', `${WORD} still`);
  await again.actions.closeInterview();
  assert.deepEqual(titles(await setting.restart()), [`${WORD} still`]);
});

test('locking saves the open interview first, and unlocking goes on with it', async () => {
  const setting = await enrolled('lock-open');
  const { app } = setting;
  const { people } = await withPin(setting.app);
  const interview = await begun(app);
  interview.goTo('2');
  answer(interview, '/data/asset_name', WORD);
  await people.lock();
  assert.equal(app.interview.value, undefined);
  assert.equal((await people.unlock(people.list[0]?.id ?? '', PIN)).kind, 'open');
  assert.equal(await app.actions.openDraft(interview.responseId), 'open');
  assert.equal(openInterview(app).position.value, '2');
  assert.equal(value(openInterview(app), '/data/asset_name'), WORD);
});
