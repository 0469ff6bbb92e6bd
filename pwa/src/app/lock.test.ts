/** Several workers on one phone, and their PINs: nobody reads what is another’s, and a forgotten PIN loses nothing. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeCentral } from './testing/central.ts';
import { dayServer } from './testing/day-server.ts';
import { enrolled, openInterview, until, value } from './testing/person.ts';
import { goodServer, noNetwork } from './testing/phone.ts';
import { drafted, finished, PIN, peopleOf, titles, WORD, withPin } from './testing/workers.ts';

test('after a restart nothing shows until the right PIN, and the count of what waits stays in sight', async () => {
  const setting = await enrolled('lock-restart');
  const id = await drafted(setting.app);
  await setting.app.actions.closeInterview();
  setting.answerWith(noNetwork);
  await finished(setting.app);
  await withPin(setting.app);
  const app = await setting.restart();
  assert.equal(app.lock.value.kind, 'locked');
  assert.deepEqual(app.responses.value, []);
  assert.equal(app.sync.value.waiting, 1);
  assert.notEqual(await app.actions.openDraft(id), 'open');
  const people = await peopleOf(app);
  assert.equal((await people.unlock(people.list[0]?.id ?? '', PIN)).kind, 'open');
  assert.deepEqual(titles(app), [WORD, WORD]);
  assert.equal(await app.actions.openDraft(id), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), WORD);
});

test('whom nobody answered is finished before the lock takes the key away, and goes from the locked phone', async () => {
  const central = new FakeCentral();
  const { app, phone } = await enrolled('lock-no-interview', dayServer(central));
  await until(() => app.forms.value.length === 2 && app.forms.value.every((form) => form.readiness === 'here'));
  const { people } = await withPin(app);
  const day = await app.actions.day();
  assert.equal((await day?.noInterview.note('nobody_in'))?.kind, 'noted');
  await people.lock();
  assert.deepEqual([app.lock.value.kind, app.responses.value], ['locked', []]);
  phone.runTimers();
  await until(() => central.pushed.length === 1);
});

test('a wrong PIN waits longer each time, also over a restart, and never wipes', async () => {
  const setting = await enrolled('lock-wrong');
  await drafted(setting.app);
  await setting.app.actions.closeInterview();
  await withPin(setting.app);
  const people = await peopleOf(await setting.restart());
  const id = people.list[0]?.id ?? '';
  assert.deepEqual(await people.unlock(id, '000001'), { kind: 'wrong', wait: 1_000 });
  const second = await peopleOf(await setting.restart());
  assert.equal((await second.unlock(id, PIN)).kind, 'wait');
  setting.phone.turnClock(2_000);
  assert.deepEqual(await second.unlock(id, '000001'), { kind: 'wrong', wait: 2_000 });
  for (let tried = 0; tried < 12; tried += 1) {
    setting.phone.turnClock(300_000);
    await second.unlock(id, '000001');
  }
  setting.phone.turnClock(300_000);
  assert.deepEqual(await second.unlock(id, '000001'), { kind: 'wrong', wait: 300_000 });
  setting.phone.turnClock(300_000);
  assert.equal((await second.unlock(id, PIN)).kind, 'open');
});

test('a forgotten PIN is replaced by the recovery code, and the drafts open', async () => {
  const setting = await enrolled('lock-recovery');
  await drafted(setting.app);
  await setting.app.actions.closeInterview();
  const { code } = await withPin(setting.app);
  const app = await setting.restart();
  const people = await peopleOf(app);
  const id = people.list[0]?.id ?? '';
  const spoken = code.toLowerCase().replace(/(.{4})/g, '$1 ');
  const made = await people.recover(id, spoken, '271845');
  assert.ok('confirm' in made);
  assert.equal(await made.confirm(), 'on');
  assert.notEqual(made.code, code);
  assert.deepEqual(titles(app), [WORD]);
  const again = await peopleOf(await setting.restart());
  assert.equal((await again.unlock(id, PIN)).kind, 'wrong');
  setting.phone.turnClock(2_000);
  assert.equal((await again.unlock(id, '271845')).kind, 'open');
});

test('each worker sees only their own, and the header names who did it', async () => {
  const pushed: string[] = [];
  const setting = await enrolled('lock-two', goodServer(pushed));
  const { app } = setting;
  const { people } = await withPin(setting.app);
  const [amina] = people.list;
  const id = await drafted(app);
  await app.actions.closeInterview();
  assert.equal(await people.add('Bilal'), 'added');
  assert.equal(await people.add(' bilal '), 'same-name');
  const bilal = people.list.find(({ name }) => name === 'Bilal');
  await people.lock();
  assert.equal((await people.enter(amina?.id ?? '')).kind, 'wrong');
  assert.equal((await people.enter(bilal?.id ?? '')).kind, 'open');
  assert.deepEqual(titles(app), []);
  assert.equal(await app.actions.openDraft(id), 'not-found');
  await finished(app, 'of Bilal');
  await until(() => pushed.length === 1);
  assert.equal(JSON.parse(pushed[0] ?? '').author, 'Bilal');
  await people.lock();
  assert.equal((await people.unlock(amina?.id ?? '', PIN)).kind, 'open');
  assert.deepEqual(titles(app), [WORD]);
});

test('the phone locks by itself when nobody touches it, and at once on the way back from the background', async () => {
  const setting = await enrolled('lock-auto');
  const { app, phone } = setting;
  const { people } = await withPin(setting.app);
  phone.turnClock(4 * 60_000);
  phone.touch();
  phone.turnClock(4 * 60_000);
  phone.wake('visible');
  assert.equal(app.lock.value.kind, 'open');
  phone.turnClock(2 * 60_000);
  phone.wake('visible');
  assert.equal(app.lock.value.kind, 'locked');
  await until(() => app.interview.value === undefined);
  await people.unlock(people.list[0]?.id ?? '', PIN);
  await people.autoLock.choose(0);
  phone.turnClock(60 * 60_000);
  phone.runTimers();
  assert.equal(app.lock.value.kind, 'open');
});

test('a changed PIN opens what the one before has sealed', async () => {
  const setting = await enrolled('lock-change');
  const { people } = await withPin(setting.app);
  const id = people.list[0]?.id ?? '';
  await drafted(setting.app);
  await setting.app.actions.closeInterview();
  assert.equal((await people.changePin(id, PIN, 'three quiet herons')).kind, 'open');
  const app = await setting.restart();
  assert.equal((await (await peopleOf(app)).unlock(id, ' three  quiet herons ')).kind, 'open');
  assert.deepEqual(titles(app), [WORD]);
});

test('a worker with drafts is not signed out; handed over, they are the other one’s, and what waits still goes', async () => {
  const pushed: string[] = [];
  const setting = await enrolled('lock-sign-out', goodServer(pushed));
  const { app } = setting;
  const { people } = await withPin(setting.app);
  const amina = people.list[0]?.id ?? '';
  assert.equal(await people.signOut(), 'alone');
  await people.add('Bilal');
  const bilal = people.list.find(({ name }) => name === 'Bilal')?.id ?? '';
  const id = await drafted(app);
  await app.actions.closeInterview();
  setting.answerWith(noNetwork);
  await finished(app, `${WORD} waits`);
  assert.deepEqual(await people.signOut(), { drafts: 1, refused: 0 });
  assert.ok(await people.handOver(id, bilal));
  assert.equal(await people.signOut(), 'signed-out');
  assert.deepEqual([app.lock.value.kind, people.list.map(({ name }) => name)], ['locked', ['Bilal']]);
  assert.ok(!people.list.some((person) => person.id === amina));
  assert.equal((await people.enter(bilal)).kind, 'open');
  assert.deepEqual(titles(app), [WORD]);
  assert.equal(await app.actions.openDraft(id), 'open');
  await app.actions.closeInterview();
  assert.equal(app.sync.value.waiting, 1);
  setting.answerWith(goodServer(pushed));
  await app.actions.syncNow();
  await until(() => pushed.length === 1);
  assert.equal(JSON.parse(pushed[0] ?? '').author, 'Amina');
});
