/** A resident's phone behind the server's page of a poster: got ready, taken over, cleared; without a screen. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceHash } from '../sync/references.ts';
import { enrolled, openInterview, setUp, until, value } from './testing/person.ts';
import { noNetwork } from './testing/phone.ts';
import { given, NAME, POSTER, posterServer, RESPONSE, takenOver, visitPage, visitsOf } from './testing/poster.ts';
import { readVisitPage } from './visit-page.ts';

test('what cannot be a page of a visit is none', () => {
  assert.equal(readVisitPage('<html>'), undefined);
  assert.equal(readVisitPage('{"code":"K7PX3M"}'), undefined);
});

test('a page that is taken over is a draft with its answers, and goes with poster and reference and without a name', async () => {
  const pushed: string[] = [];
  const { app, visits } = await takenOver('visit-taken', pushed);
  const interview = openInterview(app);
  assert.deepEqual([interview.responseId, interview.pack.value.lang], [RESPONSE, 'bn']);
  assert.equal(value(interview, '/data/__proto__'), 'typed');
  assert.deepEqual(await app.actions.finalise(RESPONSE), { kind: 'finalised' });
  const reference = app.responses.value[0]?.visit?.reference ?? '';
  await until(() => pushed.length === 1);
  const header = JSON.parse(pushed[0] ?? '');
  assert.deepEqual([header.poster, header.reference, header.author], [POSTER, referenceHash(reference), '']);
  assert.equal(await visits.takeOver(given([])), 'finished');
});

test('the same page taken over twice goes on with what is on the phone', async () => {
  const { app, visits } = await takenOver('visit-twice');
  await app.actions.closeInterview();
  assert.equal(await visits.takeOver(given([[NAME, ['name']]])), 'open');
  const interview = openInterview(app);
  assert.deepEqual([value(interview, '/data/asset_name'), value(interview, '/data/__proto__')], ['name', 'typed']);
  assert.equal(app.responses.value.length, 1);
});

test('a phone whose name the server knows from elsewhere takes another one', async () => {
  const setting = await setUp('visit-known', noNetwork);
  const server = posterServer({ refuse: 1 });
  setting.answerWith((request) => {
    // The chance of this phone follows from its clock.
    setting.phone.turnClock(1);
    return server(request);
  });
  assert.ok(await (await visitsOf(setting)).prepare(visitPage()));
  const asked = setting.phone.requests.filter(({ path }) => path === '/devices/v1/visit').map(({ body }) => body);
  assert.equal(new Set(asked).size, 2);
});

test('without a connection, or with a server that refuses, nothing is taken over and nothing is kept', async () => {
  for (const [place, server] of [noNetwork, posterServer({ refuse: 9 })].entries()) {
    const setting = await setUp(`visit-refused-${place}`, server);
    assert.equal(await (await visitsOf(setting)).prepare(visitPage()), undefined);
    assert.equal(setting.app.enrolment.value.kind, 'none');
  }
});

test('a worker’s phone is left alone', async () => {
  const setting = await enrolled('visit-worker');
  assert.equal(await (await visitsOf(setting)).prepare(visitPage()), undefined);
  assert.equal(setting.app.enrolment.value.kind === 'enrolled' && setting.app.enrolment.value.role, 'worker');
});

test('a poster that was met before can be begun at without a connection', async () => {
  const { app, visits, answerWith } = await takenOver('visit-again');
  answerWith(noNetwork);
  const outcome = await visits.begin('K7PX3M');
  assert.equal(outcome.kind, 'begun');
  assert.notEqual(openInterview(app).responseId, RESPONSE);
  assert.deepEqual(await visits.begin('ZZZZZZ'), { kind: 'form-not-here' });
});

test('a translation that a person has checked has no originals beneath it', async () => {
  const { visits } = await takenOver('visit-originals');
  assert.equal(await visits.originalsOf('aab', 'bn'), undefined);
  assert.equal(await visits.originalsOf('nothing', 'bn'), undefined);
});

test('what the page carries is in the draft with what stands in its fields, in one write', async () => {
  const setting = await setUp('visit-carried', posterServer());
  const visits = await visitsOf(setting);
  assert.ok(await visits.prepare(visitPage()));
  assert.equal(await visits.takeOver(given([[NAME + 1, ['typed']]], { asset_name: 'carried' })), 'open');
  const interview = openInterview(setting.app);
  assert.deepEqual([value(interview, '/data/asset_name'), value(interview, '/data/__proto__')], ['carried', 'typed']);
  assert.equal(setting.app.responses.value[0]?.shortTitle, 'carried');
});

test('a page that the server drew after the draft was changed wins over it; one from the history only fills what is blank', async () => {
  const newer = '2100-01-01T00:00:00.000Z';
  for (const [drawnAt, expected] of [
    [newer, 'server'],
    ['', 'draft'],
  ] as const) {
    const { app, visits } = await takenOver(`visit-older-${drawnAt}`);
    await app.actions.closeInterview();
    assert.equal(await visits.takeOver(given([[NAME, ['draft']]])), 'open');
    await app.actions.closeInterview();
    assert.equal(await visits.takeOver(given([], { asset_name: 'server' }, drawnAt)), 'open');
    const interview = openInterview(app);
    assert.deepEqual([value(interview, '/data/asset_name'), value(interview, '/data/__proto__')], [expected, 'typed']);
  }
});

test('the original that stood beneath unchecked words is named beside them', async () => {
  const pushed: string[] = [];
  const { app } = await takenOver('visit-original-shown', pushed, { asset_name: 'What?' });
  assert.equal(openInterview(app).pack.value.lang, 'bn', 'the language of the response stays');
  assert.deepEqual(await app.actions.finalise(RESPONSE), { kind: 'finalised' });
  await until(() => pushed.length === 1);
  const { form, lang } = JSON.parse(pushed[0] ?? '');
  assert.deepEqual([lang, Object.keys(form.texts).sort()], ['bn', ['bn', 'en']]);
});

test('an original that the app itself shows beneath is named too, once', async () => {
  const pushed: string[] = [];
  const { app, visits } = await takenOver('visit-original-noted', pushed);
  for (const _ of ['first', 'again']) visits.noteOriginal(RESPONSE, 'en');
  assert.deepEqual(await app.actions.finalise(RESPONSE), { kind: 'finalised' });
  await until(() => pushed.length === 1);
  assert.deepEqual(Object.keys(JSON.parse(pushed[0] ?? '').form.texts).sort(), ['bn', 'en']);
});
