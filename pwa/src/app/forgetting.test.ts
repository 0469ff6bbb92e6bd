/** Nothing of what ended on a phone is shown or gone on with there; without a screen. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../store/connection.ts';
import { readDrafts } from '../store/drafts.ts';
import { readRevisionsAfter } from '../store/revisions.ts';
import { finalisedRevision } from './finalise.ts';
import { answer, begun, openInterview, until } from './testing/person.ts';
import { noNetwork } from './testing/phone.ts';
import { given, NAME, posterServer, RESPONSE, takenOver, visitsOf } from './testing/poster.ts';

const OLD_FORD = { id: 'old-ford', name: 'Old Ford' };
const noSalt = () => new Uint8Array(16);

function disk(name: string): Connection {
  return new Connection({ usable: true, name });
}

test('after clearing, nothing can be read; what was not sent goes once it can, and then it is gone', async () => {
  const pushed: string[] = [];
  const { app, visits, answerWith, phone } = await takenOver('visit-cleared', pushed);
  answerWith(noNetwork);
  await app.actions.finalise(RESPONSE);
  await begun(app);
  assert.equal(await visits.forgetting.clear(), true);
  assert.deepEqual(app.responses.value, []);
  assert.deepEqual(await app.actions.readResponse(RESPONSE), { kind: 'not-found' });
  assert.equal(app.sync.value.waiting, 1);
  assert.equal(phone.page.mark?.unsent, 1);
  answerWith(posterServer({ pushed }));
  await app.actions.syncNow();
  await until(() => app.sync.value.waiting === 0);
  assert.equal(pushed.length, 1);
  await until(() => phone.page.mark?.unsent === 0);
});

test('what was cleared is not gone on with: a page of the server that brings it back begins afresh', async () => {
  for (const end of ['clear', 'remove'] as const) {
    const { visits, app } = await takenOver(`forgetting-${end}`);
    await (end === 'clear' ? visits.forgetting.clear() : visits.forgetting.remove(RESPONSE));
    assert.equal(await visits.forgetting.isEnded(RESPONSE), true);
    assert.equal(await visits.takeOver(given([[NAME, ['the next person']]])), 'ended');
    assert.deepEqual(app.responses.value, []);
  }
});

test('a deletion that is taken back brings the answers back, to be gone on with', async () => {
  const { app, visits } = await takenOver('forgetting-undone');
  const { undo } = await visits.forgetting.remove(RESPONSE);
  await undo();
  assert.equal(await visits.forgetting.isEnded(RESPONSE), false);
  assert.equal(await app.actions.openDraft(RESPONSE), 'open');
});

test('another tab that has the answers open writes nothing of them after they were cleared', async () => {
  const here = await takenOver('forgetting-tabs');
  const there = await here.restart();
  const visits = await visitsOf({ app: there });
  await visits.forgetting.clear();
  answer(openInterview(here.app), '/data/asset_name', 'typed after it was cleared');
  await until(() => here.app.interview.value === undefined);
  assert.deepEqual(await readDrafts(disk('forgetting-tabs')), []);
});

test('the server is asked to have the browser drop its pages, and again until it answers', async () => {
  const { phone, visits, answerWith } = await takenOver('forgetting-pages');
  const asked = () => phone.requests.filter(({ path }) => path === '/v/forget').length;
  answerWith(noNetwork);
  await visits.forgetting.clear();
  await until(() => visits.forgetting.pagesLeft.value);
  const before = asked();
  answerWith((request) =>
    request.path === '/v/forget' ? { kind: 'answer', status: 204, body: '' } : noNetwork(request),
  );
  await visits.load();
  await until(() => !visits.forgetting.pagesLeft.value);
  await visits.load();
  assert.equal(asked(), before + 1);
});

test('what a cleared phone could not get rid of stays on it, unseen, when the server refuses it', async () => {
  const { app, visits, answerWith } = await takenOver('forgetting-refused');
  answerWith(noNetwork);
  await app.actions.finalise(RESPONSE);
  await visits.forgetting.clear();
  const server = posterServer();
  answerWith((request) => {
    if (request.path !== '/sync/v1/push') return server(request);
    const [{ rev }] = JSON.parse(request.body ?? '').items;
    const page = server({ ...request, path: '/sync/v1/changes?since=' });
    const { hello } = JSON.parse(page.kind === 'answer' ? page.body : '');
    const receipts = [{ index: 0, rev, status: 'refused', code: 'malformed' }];
    return { kind: 'answer', status: 200, body: JSON.stringify({ receipts, hello }) };
  });
  await app.actions.syncNow();
  await until(() => app.sync.value.waiting === 0);
  const kept = await readRevisionsAfter(disk('forgetting-refused'), '', 100);
  assert.deepEqual([kept[0]?.state, kept[0]?.sealed], ['refused', true]);
  await visits.forgetting.clear();
  assert.equal((await readRevisionsAfter(disk('forgetting-refused'), '', 100)).length, 1);
  assert.deepEqual(app.responses.value, []);
});

test('a phone that becomes a worker’s shows nothing that residents answered on it, and sends it without a name', async () => {
  const pushed: string[] = [];
  const { app, phone, answerWith } = await takenOver('forgetting-worker', pushed);
  answerWith(noNetwork);
  await app.actions.finalise(RESPONSE);
  await begun(app);
  answer(openInterview(app), '/data/asset_name', 'a draft of nobody');
  await app.actions.closeInterview();
  answerWith(posterServer({ pushed }));
  assert.equal(await app.actions.enrol(`https://fieldwell.example/enrol#${phone.page.secret}`), 'enrolled');
  await until(() => app.responses.value.every(({ visit }) => visit === undefined));
  assert.deepEqual(
    app.responses.value.map(({ state }) => state),
    ['draft'],
    'only what was no visit',
  );
  assert.deepEqual(await app.actions.readResponse(RESPONSE), { kind: 'not-found' });
  await app.actions.syncNow();
  await until(() => pushed.length === 1);
  assert.equal(JSON.parse(pushed[0] ?? '').author, '');
});

test('what residents have not finished goes when the phone becomes a worker’s', async () => {
  const pushed: string[] = [];
  const { app, phone } = await takenOver('forgetting-drafts', pushed);
  assert.equal(await app.actions.enrol(`https://fieldwell.example/enrol#${phone.page.secret}`), 'enrolled');
  await until(() => app.responses.value.length === 0);
  await app.actions.syncNow();
  assert.deepEqual([pushed, await readDrafts(disk('forgetting-drafts'))], [[], []]);
});

test('a visit is nobody’s, whoever has the phone when it is finished', async () => {
  await takenOver('forgetting-author');
  const [draft] = await readDrafts(disk('forgetting-author'));
  assert.ok(draft?.visit);
  const credentials = { token: 't', device: 'd', role: 'worker', name: 'Amina', neighbourhood: OLD_FORD } as const;
  const rest = { credentials, parts: new Map(), attachments: [], madeAt: '2026-11-20T10:00:00.000Z', salt: noSalt };
  assert.equal(JSON.parse(finalisedRevision(draft, rest).header).author, '');
  const { visit: _, ...workers } = draft;
  assert.equal(JSON.parse(finalisedRevision(workers, rest).header).author, 'Amina');
});
