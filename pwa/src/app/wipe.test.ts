/** The browser has emptied the phone's storage: noticed, and said with what is lost. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteDB } from 'idb';
import { answer, begun, enrolled, type Setting, until } from './testing/person.ts';
import { goodServer, noNetwork } from './testing/phone.ts';

/** One interview is finished and waits, one is begun; then all is emptied but the mark. */
async function emptied(databaseName: string): Promise<Setting> {
  const setting = await enrolled(databaseName);
  setting.answerWith(noNetwork);
  const finished = await begun(setting.app);
  answer(finished, '/data/__proto__', 'typed');
  await setting.app.actions.finalise(finished.responseId);
  answer(await begun(setting.app), '/data/asset_name', 'half');
  await setting.app.actions.closeInterview();
  await until(() => setting.phone.page.mark?.unsent === 2);
  await deleteDB(databaseName);
  return setting;
}

test('a wiped store is noticed once, with how many interviews were nowhere else', async () => {
  const { restart } = await emptied('wiped');
  const app = await restart();
  assert.equal(app.storage.value, 'wiped');
  assert.equal(app.lost.value, 2);
  await app.actions.acknowledgeWipe();
  assert.equal(app.storage.value, 'none');
  assert.equal((await restart()).storage.value, 'none');
});

test('a store that is wiped while the page is open is noticed too, and the count outlives the page', async () => {
  const { app, restart, phone } = await emptied('wiped-open');
  // The list is read anew, as after every exchange.
  await app.actions.syncNow();
  phone.runTimers();
  await until(() => app.storage.value === 'wiped');
  assert.equal(app.lost.value, 2);
  const again = await restart();
  assert.deepEqual([again.storage.value, again.lost.value], ['wiped', 2]);
});

test('where the count was emptied too, only what is known is said', async () => {
  const { phone, restart } = await emptied('wiped-unknown');
  phone.page.mark = {};
  const app = await restart();
  assert.deepEqual([app.storage.value, app.lost.value], ['wiped', undefined]);
});

test('what has arrived is not counted as lost', async () => {
  const { app, phone, answerWith } = await enrolled('wiped-sent');
  answerWith(noNetwork);
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  await until(() => phone.page.mark?.unsent === 1);
  answerWith(goodServer());
  await app.actions.syncNow();
  await until(() => phone.page.mark?.unsent === 0);
});
