/** A locked phone besides: two tabs, a phone that was signed off, what is safe, and browsers that cannot seal. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkAnswer } from '../environment.ts';
import { createApp } from './create.ts';
import { FakeCentral } from './testing/central.ts';
import { answer, begun, CATALOGUES, enrolled, openInterview, until, value } from './testing/person.ts';
import { type Answerer, goodServer, goodServerWith, noNetwork } from './testing/phone.ts';
import { diskText, drafted, finished, idOf, PIN, peopleOf, titles, WORD, withPin } from './testing/workers.ts';

test('another tab locks as well, also when the PIN was set after it was opened', async () => {
  const { app, phone } = await enrolled('lock-tabs');
  const other = createApp({
    environment: phone.environment,
    catalogues: CATALOGUES,
    databaseName: 'lock-tabs',
    version: '0',
  });
  await other.ready;
  const id = await drafted(app);
  const { people } = await withPin(app);
  phone.wake('visible');
  await until(() => other.app.lock.value.kind === 'locked');
  const there = await peopleOf(other.app);
  assert.equal((await there.unlock(idOf(there, 'Amina'), PIN)).kind, 'open');
  assert.equal(await other.app.actions.openDraft(id), 'open');
  answer(openInterview(other.app), '/data/asset_name', `${WORD} in the other`);
  await people.lock();
  await until(() => other.app.lock.value.kind === 'locked' && other.app.interview.value === undefined);
  await people.unlock(idOf(people, 'Amina'), PIN);
  assert.deepEqual(titles(app), [`${WORD} in the other`]);
});

test('an interview that cannot be saved keeps the keys until it can, and nothing of it shows', async () => {
  const { app, phone } = await enrolled('lock-unsaved');
  const { people } = await withPin(app);
  const interview = await begun(app);
  const repair = noMoreWrites();
  answer(interview, '/data/asset_name', WORD);
  await people.lock();
  assert.equal(app.lock.value.kind, 'locked');
  assert.equal(app.interview.value, interview);
  repair();
  phone.runTimers();
  await until(() => app.interview.value === undefined);
  await people.unlock(idOf(people, 'Amina'), PIN);
  assert.equal(await app.actions.openDraft(interview.responseId), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), WORD);
});

test('a phone that is signed off while it is locked sends what is finished, and waits for its worker with the rest', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('lock-revoked', goodServerWith(central));
  setting.answerWith(noNetwork);
  await finished(setting.app);
  await drafted(setting.app, `${WORD} begun`);
  await withPin(setting.app);
  await setting.app.actions.syncNow();
  const app = await setting.restart();
  setting.answerWith(signedOff(goodServerWith(central)));
  await app.actions.syncNow();
  await until(() => central.pushed.length === 1);
  assert.deepEqual([app.signOff.value, app.lock.value.kind], ['under-way', 'locked']);
  const people = await peopleOf(app);
  assert.equal(people.drafts(idOf(people, 'Amina')).length, 1);
  assert.equal((await people.unlock(idOf(people, 'Amina'), PIN)).kind, 'open');
  await until(() => app.signOff.value === 'done');
  assert.equal(central.pushed.length, 2);
  await until(() => people.list.length === 0);
  assert.equal(app.lock.value.kind, 'open');
});

test('what is safe is opened by its worker alone; until then the phone can send it again', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('lock-safe', goodServerWith(central));
  const { people } = await withPin(setting.app);
  const id = await finished(setting.app);
  await setting.app.actions.syncNow();
  await until(() => setting.app.responses.value[0]?.state === 'held');
  assert.ok((await diskText('lock-safe')).includes('"phone"'));
  central.safeSeq = 9;
  await setting.app.actions.syncNow();
  await until(() => setting.app.responses.value[0]?.state === 'safe');
  assert.ok(!(await diskText('lock-safe')).includes('"phone"'));
  assert.equal((await setting.app.actions.readResponse(id)).kind, 'read');
  await people.lock();
  assert.equal((await setting.app.actions.readResponse(id)).kind, 'not-found');
});

test('a server that lost what was only held gets it again from a locked phone', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('lock-restored', goodServerWith(central));
  await withPin(setting.app);
  await finished(setting.app);
  await setting.app.actions.syncNow();
  await until(() => setting.app.responses.value[0]?.state === 'held');
  await setting.app.actions.syncNow();
  central.restore(0);
  const app = await setting.restart();
  assert.equal(app.lock.value.kind, 'locked');
  for (const _ of [1, 2, 3]) await app.actions.syncNow();
  await until(() => central.log.length === 1);
  const pushes = setting.phone.requests.filter(({ path }) => path === '/sync/v1/push').map(({ body }) => body ?? '');
  assert.ok(pushes.length > 1 && pushes.every((body) => body.includes(WORD)));
});

test('without WebCrypto there is no PIN, but several people may work with the phone', async () => {
  const setting = await enrolled('lock-plain', goodServer());
  const guard = await setting.phone.environment.guard();
  Object.assign(setting.phone.environment, { guard: async () => ({ ...guard, subtle: undefined }) });
  const people = await peopleOf(setting.app);
  assert.equal(people.mayHavePin, false);
  await drafted(setting.app);
  assert.equal(await people.add('Bilal'), 'added');
  assert.deepEqual(titles(setting.app), [WORD]);
  await people.lock();
  assert.equal((await people.enter(idOf(people, 'Bilal'))).kind, 'open');
  assert.deepEqual(titles(setting.app), []);
  assert.ok((await diskText('lock-plain')).includes(WORD));
});

test('an app that cannot open what lies sealed neither sends it nor writes over it', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('lock-closed', goodServerWith(central));
  setting.answerWith(noNetwork);
  await withPin(setting.app);
  const id = await drafted(setting.app);
  await finished(setting.app);
  await setting.app.actions.syncNow();
  Object.assign(setting.phone.environment, { guard: async () => Promise.reject(new TypeError('No network.')) });
  const app = await setting.restart();
  setting.answerWith(goodServerWith(central));
  await app.actions.syncNow();
  assert.equal(app.lock.value.kind, 'locked');
  assert.notEqual(await app.actions.openDraft(id), 'open');
  assert.deepEqual([central.pushed, app.sync.value.waiting], [[], 1]);
});

/** As the server answers a device that a person has signed off. */
function signedOff(server: Answerer): Answerer {
  return (request) => {
    const refused: NetworkAnswer = {
      kind: 'answer',
      status: 403,
      body: JSON.stringify({ code: 'device-not-allowed', standing: 'revoked', revoked: true }),
    };
    if (request.path !== '/sync/v1/push') return /changes|have|manifest/.test(request.path) ? refused : server(request);
    const given = server(request);
    assert.ok(given.kind === 'answer');
    const { page: _, receipts, ...rest } = JSON.parse(given.body);
    const aside = receipts.map((receipt: object) => ({ ...receipt, status: 'quarantined', why: 'revoked-device' }));
    return { ...given, body: JSON.stringify({ ...rest, receipts: aside }) };
  };
}

/** Every write fails until it is undone. */
function noMoreWrites(): () => void {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('No.', 'UnknownError');
  };
  return () => {
    IDBObjectStore.prototype.put = put;
  };
}
