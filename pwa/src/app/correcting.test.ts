import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDraft } from '../store/drafts.ts';
import { readRevisionsAfter } from '../store/revisions.ts';
import { freshConnection } from '../store/testing/samples.ts';
import { FakeCentral } from './testing/central.ts';
import { answer, begun, enrolled, openInterview, type Setting, until, value } from './testing/person.ts';
import { goodServerWith, noNetwork } from './testing/phone.ts';

interface Corrected extends Setting {
  readonly central: FakeCentral;
  readonly id: string;
}

/** A phone with one finished response, which has arrived. */
async function withOne(name: string): Promise<Corrected> {
  const central = new FakeCentral();
  const setting = await enrolled(name, goodServerWith(central));
  const { app } = setting;
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'a park');
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  await until(() => app.responses.value[0]?.state === 'held');
  return { ...setting, central, id: interview.responseId };
}

async function correct({ app, id }: Pick<Corrected, 'app' | 'id'>) {
  const day = await app.actions.day();
  assert.ok(day);
  return day.correct(id);
}

function headersOf({ central }: Corrected): { rev?: string; kind: string; parents: string[]; id: string }[] {
  return central.pushed.map((header) => JSON.parse(header));
}

function giveBack({ central, id }: Corrected, place: number, reason: string): void {
  central.log.push({ kind: 'review', id, rev: central.log[place]?.['rev'], state: 'returned', reason });
}

test('a correction begins with the answers, follows the revision that is here, and is sent like others', async () => {
  const setting = await withOne('correct');
  const { app, central, id } = setting;
  assert.equal(await correct(setting), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), 'a park');
  answer(openInterview(app), '/data/asset_name', 'a large park');
  assert.deepEqual(await app.actions.finalise(id), { kind: 'finalised' });
  await until(() => central.pushed.length === 2 && app.responses.value[0]?.state === 'held');
  const [first, second] = headersOf(setting);
  assert.deepEqual([second?.id, second?.kind, second?.parents], [id, 'edit', [central.log[0]?.['rev']]]);
  assert.deepEqual([first?.kind, first?.parents], ['create', []]);
  assert.deepEqual(
    app.responses.value.map(({ id: one, shortTitle, corrects }) => [one, shortTitle, corrects]),
    [[id, 'a large park', true]],
  );
  const read = await app.actions.readResponse(id);
  assert.ok(read.kind === 'read');
  assert.equal(read.response.form.find('/data/asset_name')?.value, 'a large park');
});

test('what was never sent is corrected beside its bytes, and both go', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('correct-unsent', goodServerWith(central));
  const { app } = setting;
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'a park');
  answer(interview, '/data/__proto__', 'typed');
  setting.answerWith(noNetwork);
  await app.actions.finalise(interview.responseId);
  await until(() => app.responses.value[0]?.state === 'finalised');
  const before = await readRevisionsAfter(freshConnection('correct-unsent'), '', 9);
  assert.equal(await correct({ app, id: interview.responseId }), 'open');
  answer(openInterview(app), '/data/asset_name', 'a pond');
  await app.actions.finalise(interview.responseId);
  const after = await readRevisionsAfter(freshConnection('correct-unsent'), '', 9);
  assert.deepEqual([before.length, after.length], [1, 2]);
  assert.deepEqual(
    after.find(({ rev }) => rev === before[0]?.rev),
    before[0],
  );
  assert.equal(app.sync.value.waiting, 2);
  setting.answerWith(goodServerWith(central));
  await app.actions.syncNow();
  await until(() => central.pushed.length === 2);
});

test('what was returned shows its reason, also while it is corrected, and until somebody has looked again', async () => {
  const setting = await withOne('correct-returned');
  const { app, id } = setting;
  giveBack(setting, 0, 'Which park?');
  await app.actions.syncNow();
  await until(() => app.responses.value[0]?.review !== undefined);
  assert.deepEqual(app.responses.value[0]?.review, { state: 'returned', reason: 'Which park?' });
  await correct(setting);
  answer(openInterview(app), '/data/asset_name', 'Victoria Park');
  await openInterview(app).saved();
  assert.deepEqual(app.responses.value[0]?.review, { state: 'returned', reason: 'Which park?' });
  setting.answerWith(noNetwork);
  await app.actions.finalise(id);
  assert.equal(app.responses.value[0]?.review, undefined);
});

test('a correction that nobody has changed anything in is let go; the finished one stays as it was', async () => {
  const setting = await withOne('correct-nothing');
  const { app, id } = setting;
  await correct(setting);
  await app.actions.closeInterview();
  assert.equal(await readDraft(freshConnection('correct-nothing'), id), undefined);
  assert.deepEqual(
    app.responses.value.map(({ state }) => state),
    ['held'],
  );
});

test('one that is under way is gone on with, after a cold start too', async () => {
  const setting = await withOne('correct-again');
  await correct(setting);
  answer(openInterview(setting.app), '/data/asset_name', 'half a');
  await openInterview(setting.app).saved();
  const app = await setting.restart();
  assert.equal(app.responses.value[0]?.state, 'draft');
  const { before } = app.responses.value[0] ?? {};
  assert.deepEqual(
    [before?.state, before?.shortTitle],
    ['held', 'a park'],
    'the finished one stays in sight beside it',
  );
  const read = await app.actions.readResponse(setting.id);
  assert.ok(read.kind === 'read');
  assert.equal(read.response.form.find('/data/asset_name')?.value, 'a park');
  assert.equal(await correct({ app, id: setting.id }), 'open');
  assert.equal(value(openInterview(app), '/data/asset_name'), 'half a');
});

test('what was erased meanwhile cannot be corrected, and a correction under way goes with it', async () => {
  const setting = await withOne('correct-erased');
  const { app, central, id } = setting;
  await correct(setting);
  answer(openInterview(app), '/data/asset_name', 'still typing');
  await openInterview(app).saved();
  const parts: { sha256: string }[] = JSON.parse(central.pushed[0] ?? '').parts;
  central.erase({ id, parts: parts.map(({ sha256 }) => sha256), attachments: [] });
  await app.actions.syncNow();
  await until(() => app.responses.value[0]?.state === 'erased');
  answer(openInterview(app), '/data/asset_name', 'and typing');
  await until(() => app.interview.value === undefined);
  assert.equal(await readDraft(freshConnection('correct-erased'), id), undefined);
  assert.equal(await correct(setting), 'erased');
});

test('a form that the team offers no more is corrected with the questions that it was asked with', async () => {
  const setting = await withOne('correct-old-form');
  const { app } = setting;
  const central = new FakeCentral();
  const before = goodServerWith(central);
  central.forms = 'another';
  setting.answerWith((request) =>
    request.path === '/forms/v1/manifest' ? { kind: 'answer', status: 200, body: '{"forms":[]}' } : before(request),
  );
  await app.actions.syncNow();
  await until(() => app.forms.value.length === 0);
  const restarted = await setting.restart();
  assert.equal(restarted.responses.value[0]?.formTitle, 'সম্পদ');
  assert.equal(await correct({ app: restarted, id: setting.id }), 'open');
});

test('removing a correction leaves what was finished, and undo brings the changes back', async () => {
  const setting = await withOne('correct-removed');
  const { app, id } = setting;
  await correct(setting);
  answer(openInterview(app), '/data/asset_name', 'changed');
  await openInterview(app).saved();
  const removed = await app.actions.discardDraft(id);
  assert.equal(app.responses.value[0]?.state, 'held');
  await removed?.undo();
  assert.equal(app.responses.value[0]?.state, 'draft');
  assert.equal(app.responses.value[0]?.shortTitle, 'changed');
});
