/** The app without a screen: a phone, a server, and a person who does what people do. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FullDisk } from '../store/testing/full-disk.ts';
import { answer, begun, enrolled, openInterview, setUp, until, value } from './testing/person.ts';
import { goodServer, noNetwork, SECRET } from './testing/phone.ts';

test('a first visit: not enrolled, and the words are in the language of the browser', async () => {
  const { app, phone } = await setUp('first-visit', noNetwork);
  assert.equal(app.enrolment.value.kind, 'none');
  assert.equal(app.words.t('Save'), 'রাখুন');
  assert.equal(phone.page.lang, 'bn');
  assert.deepEqual(phone.requests, []);
});

test('enrolling stores the token, takes the secret out of the address and fetches what one needs to begin', async () => {
  const { app, phone } = await setUp('enrol', goodServer());
  await app.actions.enrol(SECRET);
  await until(() => app.forms.value[0]?.readiness === 'here');
  assert.deepEqual(app.enrolment.value, {
    kind: 'enrolled',
    role: 'worker',
    name: 'Amina',
    neighbourhood: { id: 'old-ford', name: 'Old Ford' },
    renewal: 'not-needed',
  });
  assert.equal(app.actions.secretInAddress(), undefined);
  assert.equal(app.forms.value[0]?.title, 'সম্পদ');
  const fetched = (): readonly string[] =>
    phone.requests.map(({ path }) => path.split('/')[3] ?? '').filter((kind) => kind === 'logic' || kind === 'texts');
  assert.deepEqual(fetched(), ['logic', 'texts']);
  await app.actions.syncNow();
  await until(() => app.forms.value[0]?.languages.every(({ here }) => here) === true);
  assert.deepEqual(fetched(), ['logic', 'texts', 'texts']);
});

test('an enrolment whose answer was lost is repeated with the same device', async () => {
  const { app, phone, answerWith } = await setUp('enrol-again', noNetwork);
  assert.equal(await app.actions.enrol(SECRET), 'no-connection');
  assert.equal(app.actions.secretInAddress(), SECRET);
  answerWith(goodServer());
  assert.equal(await app.actions.enrol(SECRET), 'enrolled');
  const bodies = phone.requests.filter(({ path }) => path === '/devices/v1/enrol').map(({ body }) => body);
  assert.equal(bodies.length, 2);
  assert.equal(bodies[0], bodies[1]);
});

test('every way an enrolment can fail is told apart', async () => {
  const { app, answerWith } = await setUp('enrol-fails', noNetwork);
  const failures = [
    [410, '{"code":"enrolment-used"}', 'used'],
    [410, '{"code":"enrolment-expired"}', 'expired'],
    [404, '{"code":"enrolment-unknown"}', 'unknown'],
    [404, '<html>', 'not-our-server'],
    [200, '<html>Free Wi-Fi', 'not-our-server'],
    [503, '', 'server-error'],
  ] as const;
  for (const [status, body, outcome] of failures) {
    answerWith(() => ({ kind: 'answer', status, body }));
    assert.equal(await app.actions.enrol('x'), outcome);
  }
  assert.equal(app.enrolment.value.kind, 'none');
});

test('offline: filled in Bengali, then in English, killed, and all there at a cold start, to the last keystroke', async () => {
  const { app, phone, restart, answerWith } = await enrolled('cold-start');
  answerWith(noNetwork);
  const interview = await begun(app);
  assert.equal(interview.pack.value.lang, 'bn');
  answer(interview, '/data/asset_name', 'Choir');
  answer(interview, '/data/__proto__', 'typed');
  assert.equal(await interview.showLanguage('en'), true);
  interview.goTo('2');
  assert.equal(phone.page.saved, false);
  assert.equal(await interview.saved(), true);
  assert.equal(phone.page.saved, true);

  const later = await restart();
  const [draft] = later.responses.value;
  assert.equal(draft?.shortTitle, 'Choir');
  assert.equal(await later.actions.openDraft(draft?.id ?? ''), 'open');
  const again = openInterview(later);
  assert.equal(value(again, '/data/asset_name'), 'Choir');
  assert.equal(value(again, '/data/__proto__'), 'typed');
  assert.equal(again.pack.value.lang, 'en');
  assert.equal(again.position.value, '2');
});

test('what has problems stays a draft', async () => {
  const { app } = await enrolled('problems');
  const interview = await begun(app);
  assert.deepEqual(
    interview.problems.value.map(({ code }) => code),
    ['required'],
  );
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'has-problems' });
  await until(() => app.responses.value[0]?.state === 'draft');
});

test('finalised offline, it waits visibly; with the network back it goes by itself, with the words of every language shown', async () => {
  const { app, phone, answerWith } = await enrolled('finalise');
  answerWith(noNetwork);
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await interview.showLanguage('en');
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  assert.equal(app.interview.value, undefined);
  await until(() => app.sync.value.status.kind === 'waiting');
  assert.equal(app.sync.value.waiting, 1);
  assert.equal(phone.page.persistAsked, 1);

  const pushed: string[] = [];
  answerWith(goodServer(pushed));
  phone.wake('online');
  await until(() => app.responses.value[0]?.state === 'held');
  assert.equal(app.sync.value.waiting, 0);
  const header = JSON.parse(pushed[0] ?? '');
  assert.deepEqual(Object.keys(header.form.texts), ['bn', 'en']);
  assert.deepEqual([header.lang, header.neighbourhood, header.author], ['en', 'old-ford', 'Amina']);
});

test('several drafts at once do not write over each other', async () => {
  const { app } = await enrolled('several');
  const first = await begun(app);
  answer(first, '/data/asset_name', 'first');
  const second = await begun(app);
  answer(second, '/data/asset_name', 'second');
  assert.equal(await app.actions.openDraft(first.responseId), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), 'first');
  assert.deepEqual(new Set(app.responses.value.map(({ shortTitle }) => shortTitle)), new Set(['first', 'second']));
});

test('a discarded draft comes back whole by undo', async () => {
  const { app } = await enrolled('discard');
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'kept');
  const removed = await app.actions.discardDraft(interview.responseId);
  assert.deepEqual(app.responses.value, []);
  await removed?.undo();
  await app.actions.openDraft(interview.responseId);
  assert.equal(value(openInterview(app), '/data/asset_name'), 'kept');
});

test('a draft that cannot be put back is not lost: it can be tried again', async () => {
  const { app } = await enrolled('discard-full');
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'kept');
  const removed = await app.actions.discardDraft(interview.responseId);
  const disk = new FullDisk(0);
  assert.equal(await removed?.undo(), false);
  disk.repair();
  assert.equal(await removed?.undo(), true);
  await app.actions.openDraft(interview.responseId);
  assert.equal(value(openInterview(app), '/data/asset_name'), 'kept');
});

test('a finalised response can be read again, in any language of its form', async () => {
  const { app, answerWith } = await enrolled('read');
  answerWith(noNetwork);
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  const outcome = await app.actions.readResponse(interview.responseId);
  assert.equal(outcome.kind, 'read');
  if (outcome.kind !== 'read') return;
  assert.equal(outcome.response.form.find('/data/__proto__')?.value, 'typed');
  assert.equal(await outcome.response.showLanguage('en'), true);
  assert.equal(outcome.response.pack.value.lang, 'en');
});

test('a token that is not accepted any more is said, and everything stays', async () => {
  const { app, answerWith } = await enrolled('renewal');
  answerWith(() => ({ kind: 'answer', status: 401, body: '{"code":"token-invalid"}' }));
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  await app.actions.syncNow();
  assert.deepEqual(app.sync.value.status, { kind: 'problem', why: 'enrol-again' });
  assert.equal(app.enrolment.value.kind === 'enrolled' && app.enrolment.value.renewal, 'needed');
  assert.equal(app.responses.value[0]?.state, 'finalised');
  answerWith(goodServer());
  assert.equal(await app.actions.enrol(SECRET), 'enrolled');
  await until(() => app.responses.value[0]?.state === 'held');
});

test('a form with a changed byte is not kept', async () => {
  const good = goodServer();
  const { app, answerWith, phone } = await setUp('tampered', (request) => {
    const given = good(request);
    return request.path.includes('/logic/') && given.kind === 'answer' ? { ...given, body: `${given.body} ` } : given;
  });
  await app.actions.enrol(SECRET);
  await until(() => app.forms.value[0]?.readiness === 'missing' && phone.requests.length === 3);
  assert.deepEqual(await app.actions.beginResponse('aab'), { kind: 'form-not-here' });
  answerWith(good);
  assert.equal((await app.actions.beginResponse('aab')).kind, 'begun');
});
