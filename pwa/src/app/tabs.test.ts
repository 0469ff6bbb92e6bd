/** One interview in two tabs of a browser that has no locks: nothing that was answered in either is lost. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDrafts } from '../store/drafts.ts';
import type { StoredLease } from '../store/schema.ts';
import { sampleDraft } from '../store/testing/samples.ts';
import type { App } from './app.ts';
import { LEASE_MS } from './lease.ts';
import { Storage } from './storage.ts';
import { Tabs } from './tabs.ts';
import { answer, begun, enrolled, openInterview, type Setting, setUp, until, value } from './testing/person.ts';
import { goodServer, listText, makePhone, noNetwork, richServer } from './testing/phone.ts';

const LOCKS = { available: false, hold: async () => ({ release: () => undefined }) };

/** Two tabs of one browser; in the first an interview is open, and saved. Their timers go off apart from one another. */
async function twoTabs(databaseName: string, formId = 'aab') {
  const server = formId === 'rich' ? richServer(listText('park')) : goodServer();
  const first = await enrolled(databaseName, server);
  const second = await setUp(databaseName, server);
  for (const [place, { phone, answerWith }] of [first, second].entries()) {
    Object.assign(phone.environment, { locks: { ...LOCKS, tab: () => `tab ${place}` } });
    phone.turnClock(place);
    answerWith(noNetwork);
  }
  const tabs = { first: await reloaded(first), second: await reloaded(second) };
  const interview = await begun(tabs.first.app, formId);
  answer(interview, formId === 'rich' ? '/data/equality/age' : '/data/__proto__', 'begun');
  await interview.saved();
  await until(() => interview.saveState.value === 'saved');
  await leaseOf(databaseName, interview.responseId);
  return { ...tabs, interview, id: interview.responseId };
}

async function reloaded(setting: Setting): Promise<Setting> {
  return { ...setting, app: await setting.restart() };
}

/** As soon as the first tab has it. */
async function leaseOf(databaseName: string, id: string): Promise<StoredLease> {
  const storage = new Storage(makePhone(() => noNetwork).environment.storage, databaseName);
  for (;;) {
    const read = await storage.read((connection) =>
      connection.run((database) => database.get('leases', `fieldwell-draft-${id}`)),
    );
    if (read.kind === 'done' && read.value !== undefined) return read.value;
  }
}

/** The first tab sleeps so long that the second may take the interview over. */
async function takeOver({ second, id }: { readonly second: Setting; readonly id: string }): Promise<void> {
  assert.equal(await second.app.actions.openDraft(id), 'open-elsewhere');
  second.phone.turnClock(LEASE_MS + 1_000);
  second.phone.runTimers();
  assert.equal(await second.app.actions.openDraft(id), 'open');
}

function states({ responses }: App): readonly string[] {
  return responses.value.map(({ state }) => state).sort();
}

test('while one tab has an interview open, another does not open it; once it is left, it does', async () => {
  const { first, second, id } = await twoTabs('tabs-apart');
  assert.equal(await second.app.actions.openDraft(id), 'open-elsewhere');
  await first.app.actions.closeInterview();
  for (let tries = 0; tries < 1_000 && (await second.app.actions.openDraft(id)) !== 'open'; tries += 1);
  assert.equal(second.app.interview.value?.responseId, id);
});

test('a tab that slept and was overtaken overwrites nothing: what is answered in it becomes an interview of its own', async () => {
  const { first, second, interview, id } = await twoTabs('tabs-overtaken');
  await takeOver({ second, id });
  answer(openInterview(second.app), '/data/asset_name', 'in the second');
  await openInterview(second.app).saved();
  answer(interview, '/data/asset_name', 'in the first');
  answer(interview, '/data/asset_name', 'in the first, and more');
  await until(() => first.app.interview.value === undefined);
  assert.equal(await first.app.actions.openDraft(id), 'kept-apart');
  assert.equal(await first.app.actions.openDraft(id), 'open-elsewhere');
  await until(() => first.app.responses.value.length === 2);
  const other = first.app.responses.value.find((response) => response.id !== id);
  assert.equal(await first.app.actions.openDraft(other?.id ?? ''), 'open');
  assert.equal(value(openInterview(first.app), '/data/asset_name'), 'in the first, and more');
  await second.app.actions.closeInterview();
  await second.app.actions.openDraft(id);
  assert.equal(value(openInterview(second.app), '/data/asset_name'), 'in the second');
});

test('a tab that was overtaken and only turned a page keeps nothing apart', async () => {
  const { first, second, interview, id } = await twoTabs('tabs-page');
  await takeOver({ second, id });
  interview.goTo('elsewhere');
  await until(() => first.app.interview.value === undefined);
  assert.equal(await first.app.actions.openDraft(id), 'open-elsewhere');
  assert.deepEqual(states(first.app), ['draft']);
});

test('a tab that was overtaken finishes nothing: the other does, with its own answers', async () => {
  const { first, second, id } = await twoTabs('tabs-finish');
  await takeOver({ second, id });
  answer(openInterview(second.app), '/data/asset_name', 'in the second');
  await openInterview(second.app).saved();
  assert.deepEqual(await first.app.actions.finalise(id), { kind: 'not-found' });
  assert.deepEqual(await second.app.actions.finalise(id), { kind: 'finalised' });
  assert.equal(states(second.app).filter((state) => state === 'finalised').length, 1);
});

test('what is answered in a tab after the other has finished the interview is kept, beside it', async () => {
  const { first, second, interview, id } = await twoTabs('tabs-late');
  await takeOver({ second, id });
  assert.deepEqual(await second.app.actions.finalise(id), { kind: 'finalised' });
  answer(interview, '/data/asset_name', 'late');
  await until(() => first.app.interview.value === undefined);
  assert.equal(await first.app.actions.openDraft(id), 'kept-apart');
  await until(() => states(first.app).join() === 'draft,finalised');
});

test('what is answered while it is being kept apart is in it too', async () => {
  const { phone } = await setUp('tabs-meanwhile', noNetwork);
  const storage = new Storage(phone.environment.storage, 'tabs-meanwhile');
  const answers = ['before', 'meanwhile', 'meanwhile'];
  const latest = () => ({ draft: sampleDraft('one', answers.shift()), files: [] });
  assert.equal(await new Tabs({ environment: phone.environment, storage }).keepApart(latest), true);
  const kept = await storage.read(readDrafts);
  assert.deepEqual(kept.kind === 'done' && kept.value.map(({ answersJson }) => answersJson), ['meanwhile']);
});

test('photos come along into the interview that is kept apart', async () => {
  const { first, second, interview, id } = await twoTabs('tabs-photos', 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const photo = { content: new Uint8Array([1, 2, 3]).buffer, type: 'image/jpeg', givenName: '' };
  assert.equal(await interview.attach(node, Promise.resolve(photo)), 'attached');
  await takeOver({ second, id });
  answer(interview, '/data/place', 'park');
  await until(() => first.app.responses.value.length === 2);
  await until(() => first.app.responses.value.length === 2);
  const other = first.app.responses.value.find((response) => response.id !== id);
  assert.equal(await first.app.actions.openDraft(other?.id ?? ''), 'open');
  const name = value(openInterview(first.app), '/data/photo') ?? '';
  assert.equal((await openInterview(first.app).readFile(name)).kind, 'here');
});

test('undoing a removal puts nothing over what another tab has saved since', async () => {
  const { first, second, interview, id } = await twoTabs('tabs-undo');
  const removed = await second.app.actions.discardDraft(id);
  answer(interview, '/data/asset_name', 'newer');
  await interview.saved();
  await removed?.undo();
  await first.app.actions.closeInterview();
  await first.app.actions.openDraft(id);
  assert.equal(value(openInterview(first.app), '/data/asset_name'), 'newer');
});
