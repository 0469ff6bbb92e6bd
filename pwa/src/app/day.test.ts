import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UNDO_MS } from './no-interview.ts';
import { FakeCentral } from './testing/central.ts';
import { dayServer } from './testing/day-server.ts';
import { answer, begun, enrolled, openInterview, type Setting, until } from './testing/person.ts';
import { noNetwork } from './testing/phone.ts';

const DAY_MS = 24 * 3_600_000;
const CAFE = { id: '0192f000-0000-7000-8000-0000000000f1', name: 'Roman Road Café' };

async function aDay(name: string, central = new FakeCentral()): Promise<Setting> {
  const setting = await enrolled(name, dayServer(central));
  await until(
    () => setting.app.forms.value.length === 2 && setting.app.forms.value.every((f) => f.readiness === 'here'),
  );
  return setting;
}

async function dayOf({ app }: Pick<Setting, 'app'>) {
  const day = await app.actions.day();
  assert.ok(day);
  return day;
}

async function finished({ app }: Pick<Setting, 'app'>, name = 'a park'): Promise<string> {
  const interview = await begun(app);
  answer(interview, '/data/asset_name', name);
  answer(interview, '/data/__proto__', 'typed');
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  return interview.responseId;
}

test('the venue is chosen once, stands in the header of each response, and is forgotten the next day', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-venue', central);
  await (await dayOf(setting)).chooseVenue(CAFE);
  const app = await setting.restart();
  assert.deepEqual((await dayOf({ app })).venue.value?.name, CAFE.name);
  await finished({ app });
  await until(() => central.pushed.length === 1);
  assert.equal(JSON.parse(central.pushed[0] ?? '').venue, CAFE.id);
  setting.phone.turnClock(DAY_MS);
  await finished({ app }, 'a pond');
  await until(() => central.pushed.length === 2);
  assert.equal('venue' in JSON.parse(central.pushed[1] ?? ''), false);
});

test('the form that was used last is known after a cold start', async () => {
  const setting = await aDay('day-last');
  await begun(setting.app, 'no_interview');
  const app = await setting.restart();
  assert.equal((await dayOf({ app })).lastForm.value, 'no_interview');
});

test('a refusal is one call; it goes by itself after the time to take it back, with language and venue', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-refused', central);
  const { app, phone } = setting;
  const day = await dayOf(setting);
  await day.chooseVenue(CAFE);
  assert.deepEqual(await day.noInterview.wishedLanguages(), [{ value: 'somali', text: 'Somali', lang: 'en' }]);
  assert.equal((await day.noInterview.note('language_barrier', 'somali')).kind, 'noted');
  await until(() => day.count.value.withoutInterview === 1);
  assert.equal(central.pushed.length, 0);
  phone.runTimers();
  await until(() => central.pushed.length === 1);
  const header = JSON.parse(central.pushed[0] ?? '');
  assert.deepEqual([header.form.id, header.venue, header.kind], ['no_interview', CAFE.id, 'create']);
  await until(() => app.responses.value[0]?.state === 'held');
  const read = await app.actions.readResponse(header.id);
  assert.ok(read.kind === 'read');
  assert.equal(read.response.form.find('/data/wished_language')?.value, 'somali');
  assert.equal(app.responses.value[0]?.shortTitle, 'language_barrier – Somali', 'the list says what happened');
  assert.deepEqual(day.count.value, { interviews: 0, withoutInterview: 1 });
  assert.ok(UNDO_MS >= 10_000);
});

test('who said no can be noted with a language in one more call, as long as it can be taken back', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-wish', central);
  const { app, phone } = setting;
  const day = await dayOf(setting);
  const [noted, other] = [await day.noInterview.note('refused'), await day.noInterview.note('later')];
  assert.ok(noted.kind === 'noted' && other.kind === 'noted');
  assert.equal(await noted.wish('somali'), 'noted');
  await other.undo();
  assert.equal(await other.wish('somali'), 'gone', 'what was taken back stays so');
  phone.runTimers();
  await until(() => central.pushed.length === 1 && app.responses.value[0]?.state === 'held');
  assert.deepEqual(
    app.responses.value.map(({ id, shortTitle }) => [id, shortTitle]),
    [[noted.id, 'refused – Somali']],
  );
  const read = await app.actions.readResponse(noted.id);
  assert.ok(read.kind === 'read');
  assert.equal(read.response.form.find('/data/wished_language')?.value, 'somali');
  assert.equal(await noted.wish('somali'), 'gone', 'it is finished');
});

test('taken back while its language is being saved, nothing of it is left', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-wish-undo', central);
  const { app, phone } = setting;
  const noted = await (await dayOf(setting)).noInterview.note('refused');
  assert.ok(noted.kind === 'noted');
  const [wished] = await Promise.all([noted.wish('somali'), noted.undo()]);
  assert.equal(wished, 'gone');
  phone.runTimers();
  await app.actions.syncNow();
  assert.deepEqual([app.responses.value, central.pushed], [[], []]);
  const restarted = await setting.restart();
  assert.deepEqual(restarted.responses.value, [], 'nor on the disk');
});

test('the clock does not run out while a language is being saved', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-wish-clock', central);
  const { app, phone } = setting;
  const noted = await (await dayOf(setting)).noInterview.note('refused');
  assert.ok(noted.kind === 'noted');
  const wishing = noted.wish('somali');
  phone.runTimers();
  assert.equal(await wishing, 'noted');
  // It can still be taken back.
  await until(() => app.responses.value[0]?.state === 'draft');
  phone.runTimers();
  await until(() => central.pushed.length === 1 && app.responses.value[0]?.state === 'held');
  assert.equal(app.responses.value[0]?.shortTitle, 'refused – Somali');
});

test('what is finished before its language is saved stays without it, and is not said to be noted with it', async () => {
  const setting = await aDay('day-wish-finished');
  const { app } = setting;
  const day = await dayOf(setting);
  const noted = await day.noInterview.note('refused');
  assert.ok(noted.kind === 'noted');
  const [wished] = await Promise.all([noted.wish('somali'), day.noInterview.finishHeld()]);
  await until(() => app.responses.value[0]?.state === 'held');
  assert.deepEqual([wished, app.responses.value[0]?.shortTitle], ['gone', 'refused']);
});

test('a no that is corrected says in the list what it has become', async () => {
  const setting = await aDay('day-corrected');
  const { app, phone } = setting;
  const day = await dayOf(setting);
  const noted = await day.noInterview.note('nobody_in');
  assert.ok(noted.kind === 'noted');
  phone.runTimers();
  await until(() => app.responses.value[0]?.state === 'held');
  assert.equal(await day.correct(noted.id), 'open');
  answer(openInterview(app), '/data/outcome', 'later');
  assert.deepEqual(await app.actions.finalise(noted.id), { kind: 'finalised' });
  assert.equal(app.responses.value[0]?.shortTitle, 'later');
});

test('a no whose correction is under way when the app is closed stays under way when it is opened again', async () => {
  const setting = await aDay('day-correcting');
  const day = await dayOf(setting);
  const noted = await day.noInterview.note('nobody_in');
  assert.ok(noted.kind === 'noted');
  setting.phone.runTimers();
  await until(() => setting.app.responses.value[0]?.state === 'held');
  assert.equal(await day.correct(noted.id), 'open');
  answer(openInterview(setting.app), '/data/outcome', 'later');
  await openInterview(setting.app).saved();
  const app = await setting.restart();
  await dayOf({ app });
  setting.phone.runTimers();
  await app.actions.syncNow();
  const states = app.responses.value.map(({ state }) => state);
  assert.ok(states.includes('draft'), states.join());
});

test('taken back in time, nothing of it is left and nothing goes', async () => {
  const central = new FakeCentral();
  const setting = await aDay('day-undo', central);
  const day = await dayOf(setting);
  const noted = await day.noInterview.note('refused');
  assert.ok(noted.kind === 'noted');
  await noted.undo();
  setting.phone.runTimers();
  await setting.app.actions.syncNow();
  assert.deepEqual([setting.app.responses.value, central.pushed], [[], []]);
  assert.deepEqual(day.count.value, { interviews: 0, withoutInterview: 0 });
});

test('what was noted before the app was closed is finished when it is opened again', async () => {
  const setting = await aDay('day-left-over');
  setting.answerWith(noNetwork);
  await (await dayOf(setting)).noInterview.note('nobody_in');
  const app = await setting.restart();
  await dayOf({ app });
  assert.equal(app.responses.value[0]?.state, 'draft');
  setting.phone.runTimers();
  await until(() => app.responses.value[0]?.state === 'finalised');
});

test('interviews of today are counted, also when they are corrected; those of yesterday are not', async () => {
  const setting = await aDay('day-count');
  setting.answerWith(noNetwork);
  const day = await dayOf(setting);
  const id = await finished(setting);
  assert.equal(await day.correct(id), 'open');
  answer(openInterview(setting.app), '/data/asset_name', 'a large park');
  assert.ok(await openInterview(setting.app).saved());
  assert.deepEqual(day.count.value, { interviews: 1, withoutInterview: 0 });
  await setting.app.actions.finalise(id);
  const pond = await finished(setting, 'a pond');
  assert.deepEqual(day.count.value, { interviews: 2, withoutInterview: 0 });
  setting.phone.turnClock(DAY_MS);
  await finished(setting, 'a choir');
  assert.equal(await day.correct(pond), 'open');
  await setting.app.actions.finalise(pond);
  assert.deepEqual(day.count.value, { interviews: 1, withoutInterview: 0 });
});

test('whoever puts the offer to install away is not asked for 30 days, also after a cold start', async () => {
  const setting = await aDay('day-install');
  assert.equal((await dayOf(setting)).mayOfferInstall.value, true);
  await (await dayOf(setting)).putInstallAway();
  setting.phone.turnClock(29 * DAY_MS);
  assert.equal((await dayOf({ app: await setting.restart() })).mayOfferInstall.value, false);
  setting.phone.turnClock(2 * DAY_MS);
  assert.equal((await dayOf({ app: await setting.restart() })).mayOfferInstall.value, true);
});
