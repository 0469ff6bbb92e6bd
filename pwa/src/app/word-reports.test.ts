/** Wrong words: told at once, or kept until they can be told, and never twice as much. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkAnswer, NetworkRequest } from '../environment.ts';
import { MOST_REPORTS } from '../store/word-reports.ts';
import { enrolled, setUp, until } from './testing/person.ts';
import { goodServer, noNetwork } from './testing/phone.ts';

const REPORT = { lang: 'bn', screen: 'home', shown: 'ভুল', better: 'ঠিক', note: '' };

function toldOf(requests: readonly NetworkRequest[]): { shown: string; id: string }[] {
  const calls = requests.filter(({ path }) => path === '/devices/v1/words');
  return calls.flatMap(({ body = '' }) => JSON.parse(body).reports);
}

function listening(status = 201): (request: NetworkRequest) => NetworkAnswer {
  const server = goodServer();
  return (request) => (request.path === '/devices/v1/words' ? { kind: 'answer', status, body: '{}' } : server(request));
}

test('with a network a report goes at once, with the name of the phone where it has one', async () => {
  const { app, phone, answerWith } = await enrolled('words-sent');
  answerWith(listening());
  assert.equal(await app.actions.reportWords(REPORT), 'sent');
  const [told] = toldOf(phone.requests);
  assert.equal(told?.shown, 'ভুল');
  assert.match(told?.id ?? '', /^[0-9a-f-]{36}$/);
  assert.ok(phone.requests.find(({ path }) => path === '/devices/v1/words')?.token);
});

test('without a network it is kept over a cold start, and goes after the next sync, once', async () => {
  const { app, phone, restart, answerWith } = await enrolled('words-kept');
  answerWith(noNetwork);
  assert.equal(await app.actions.reportWords(REPORT), 'kept');
  assert.equal(await app.actions.reportWords({ ...REPORT, shown: 'আরেকটি' }), 'kept');
  const later = await restart();
  const before = toldOf(phone.requests).length;
  answerWith(listening());
  await later.actions.syncNow();
  const told = toldOf(phone.requests).slice(before);
  assert.deepEqual(told.map(({ shown }) => shown).sort(), ['আরেকটি', 'ভুল']);
  await later.actions.syncNow();
  assert.equal(toldOf(phone.requests).length, before + 2);
});

test('a phone that nobody has enrolled may tell, too', async () => {
  const { app, phone, answerWith } = await setUp('words-stranger', noNetwork);
  answerWith(listening());
  assert.equal(await app.actions.reportWords(REPORT), 'sent');
  assert.equal(phone.requests.find(({ path }) => path === '/devices/v1/words')?.token, undefined);
});

const UNREADABLE = { kind: 'answer', status: 400, body: '{"code":"malformed"}' } as const;

test('a server that is busy is asked again, one that cannot read a report is not', async () => {
  const { app, phone, answerWith } = await enrolled('words-refused');
  answerWith(listening(429));
  assert.equal(await app.actions.reportWords(REPORT), 'kept');
  const server = listening();
  answerWith((request) => (request.path === '/devices/v1/words' ? UNREADABLE : server(request)));
  await app.actions.syncNow();
  const told = toldOf(phone.requests).length;
  answerWith(listening());
  await app.actions.syncNow();
  assert.equal(toldOf(phone.requests).length, told, 'nothing blocks what comes after');
});

test('a report that the server cannot read takes no other with it', async () => {
  const { app, phone, answerWith } = await enrolled('words-one-refused');
  answerWith(noNetwork);
  for (const shown of ['one', 'two', 'three']) await app.actions.reportWords({ ...REPORT, shown });
  const kept: string[] = [];
  const server = listening();
  answerWith((request) => {
    const shown = toldOf([request]).map((report) => report.shown);
    if (shown.includes('two')) return UNREADABLE;
    kept.push(...shown);
    return server(request);
  });
  await app.actions.syncNow();
  await until(() => kept.length === 2);
  assert.deepEqual(kept, ['one', 'three']);
  const before = toldOf(phone.requests).length;
  await app.actions.syncNow();
  assert.equal(toldOf(phone.requests).length, before, 'none is left');
});

test('what a page in between refuses stays on the phone', async () => {
  const { app, phone, answerWith } = await enrolled('words-portal');
  answerWith(listening(400));
  assert.equal(await app.actions.reportWords(REPORT), 'kept');
  answerWith(listening());
  await app.actions.syncNow();
  await until(() => toldOf(phone.requests).length === 2);
});

test('a phone far from any network keeps only so many', async () => {
  const { app, answerWith } = await enrolled('words-many');
  answerWith(noNetwork);
  for (let count = 0; count < MOST_REPORTS; count += 1) assert.equal(await app.actions.reportWords(REPORT), 'kept');
  assert.equal(await app.actions.reportWords(REPORT), 'too-many');
});
