/** Lists, parts, photos and pictures: what comes with a form or is given by a person besides text. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../store/connection.ts';
import type { App } from './app.ts';
import type { AttachOutcome, GivenFile, Interview } from './interview.ts';
import { MOST_FILE_BYTES, MOST_FILES } from './named-files.ts';
import { answersIn } from './reading.ts';
import { answer, begun, enrolled, openInterview, type Setting, setUp, until, value } from './testing/person.ts';
import { listText, noNetwork, PICTURE, richServer, SECRET } from './testing/phone.ts';

const LIST = listText('park');

function photo(words: string, type = 'image/jpeg'): GivenFile {
  return { content: new TextEncoder().encode(words).buffer, type, givenName: '' };
}

function attach(interview: Interview, file: GivenFile | undefined, path = '/data/photo'): Promise<AttachOutcome> {
  const node = interview.form.find(path);
  assert.ok(node);
  return interview.attach(node, Promise.resolve(file));
}

function choices(interview: Interview): readonly string[] {
  const node = interview.form.find('/data/place');
  assert.ok(node);
  return interview.form.choices(node, interview.pack.value).map((choice) => choice.value);
}

/** Files on the disk, of all responses. */
async function stored(databaseName: string): Promise<readonly string[]> {
  const connection = new Connection({ usable: true, name: databaseName });
  const keys = await connection.run((database) => database.getAllKeys('attachments'));
  await connection.close();
  return keys.map(([sha256]) => sha256);
}

async function rich(databaseName: string): Promise<Setting & { readonly interview: Interview }> {
  const setting = await enrolled(databaseName, richServer(LIST));
  return { ...setting, interview: await begun(setting.app, 'rich') };
}

async function finalised(app: App, interview: Interview): Promise<void> {
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
}

test('a form is here only when its lists are', async () => {
  const good = richServer(LIST);
  const { app, answerWith } = await setUp('list-missing', (request) =>
    request.path.includes('/lists/') ? noNetwork(request) : good(request),
  );
  await app.actions.enrol(SECRET);
  await until(() => app.forms.value[0]?.readiness === 'missing');
  assert.equal(app.offline.value, 'getting-ready');
  assert.deepEqual(await app.actions.beginResponse('rich'), { kind: 'form-not-here' });
  answerWith(good);
  assert.equal((await app.actions.beginResponse('rich')).kind, 'begun');
});

test('a draft keeps the list that it was begun with, also when another is published, and without a network', async () => {
  const { app, interview, answerWith, restart } = await rich('list-pinned');
  assert.deepEqual(choices(interview), ['park']);
  const published = richServer(listText('library'));
  let isFetched = false;
  answerWith((request) => {
    isFetched ||= request.path.includes('/lists/');
    return published(request);
  });
  await app.actions.syncNow();
  await until(() => isFetched);
  const again = await restart();
  await until(() => again.forms.value[0]?.readiness === 'here');
  answerWith(noNetwork);
  assert.equal(await again.actions.openDraft(interview.responseId), 'open');
  assert.deepEqual(choices(openInterview(again)), ['park']);
  assert.deepEqual(choices(await begun(again, 'rich')), ['library']);
});

test('equality answers travel as a part of their own, and are read again with the others', async () => {
  const pushed: string[] = [];
  const { app, interview, answerWith } = await rich('parts');
  answerWith(richServer(LIST, pushed));
  answer(interview, '/data/place', 'park');
  answer(interview, '/data/equality/age', '30');
  await finalised(app, interview);
  await until(() => pushed.length === 1);
  const header: { parts: { name: string }[] } = JSON.parse(pushed[0] ?? '');
  assert.deepEqual(
    header.parts.map(({ name }) => name),
    ['main', 'equality'],
  );
  const outcome = await app.actions.readResponse(interview.responseId);
  assert.ok(outcome.kind === 'read');
  const { form } = outcome.response;
  assert.equal(form.find('/data/equality/age')?.value, '30');
  assert.equal(form.find('/data/place')?.value, 'park');
  assert.match(form.find('/data/ended')?.value ?? '', /^2026-11-20T10/);
});

test('answers with names of any kind are merged from all parts', () => {
  const parts = ['{"salt":"a","answers":{"__proto__":"x","2":"y"}}', '{"salt":"b","answers":{"contact":{"e":"z"}}}'];
  assert.equal(answersIn(parts), '{"2":"y","__proto__":"x","contact":{"e":"z"}}');
  assert.equal(answersIn(['{"salt":"a","answers":{}}']), '{}');
});

test('a photo and the answer that names it are there again after a cold start', async () => {
  const { interview, restart } = await rich('photo-kept');
  assert.equal(await attach(interview, photo('pixels')), 'attached');
  const name = value(interview, '/data/photo') ?? '';
  assert.match(name, /^photo-[0-9a-f]{16}\.jpg$/);
  const again = await restart();
  await again.actions.openDraft(interview.responseId);
  assert.equal(value(openInterview(again), '/data/photo'), name);
  const outcome = await openInterview(again).readFile(name);
  assert.ok(outcome.kind === 'here');
  assert.equal(new TextDecoder().decode(outcome.file.content), 'pixels');
});

test('a file of 20 MiB is taken; one that is larger, or cannot be read, changes nothing', async () => {
  const { interview } = await rich('photo-refused');
  assert.equal(await attach(interview, { ...photo(''), content: new ArrayBuffer(MOST_FILE_BYTES + 1) }), 'too-large');
  assert.equal(await attach(interview, undefined), 'unreadable');
  assert.equal(value(interview, '/data/photo'), '');
  assert.deepEqual(await stored('photo-refused'), []);
  assert.equal(await attach(interview, { ...photo(''), content: new ArrayBuffer(MOST_FILE_BYTES) }), 'attached');
});

test('an interview holds 50 files that its answers name; the next is refused until one is removed', async () => {
  const { interview } = await rich('photo-many');
  const shots = interview.form.logic.nodes.find(({ name }) => name === 'shots');
  assert.ok(shots);
  for (let count = 1; count <= MOST_FILES; count += 1) {
    interview.addRepeat(interview.form.root, shots);
    assert.equal(await attach(interview, photo(`shot ${count}`), `/data/shots[${count}]/shot`), 'attached');
  }
  assert.equal(await attach(interview, photo('one more')), 'too-many');
  answer(interview, '/data/shots[1]/shot', '');
  assert.equal(await attach(interview, photo('one more')), 'attached');
});

test('a photo on its way is waited for before the interview is closed', async () => {
  const { app, interview } = await rich('photo-coming');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const outcome = interview.attach(node, new Promise((resolve) => setImmediate(() => resolve(photo('late')))));
  await app.actions.closeInterview();
  assert.equal(await outcome, 'attached');
  assert.equal((await stored('photo-coming')).length, 1);
});

test('finished: the photo that the answers name is in the header and stays, one that was taken again is gone', async () => {
  const pushed: string[] = [];
  const { app, interview, answerWith } = await rich('photo-finished');
  answerWith(richServer(LIST, pushed));
  await attach(interview, photo('first try'));
  await attach(interview, photo('second try'));
  assert.equal((await stored('photo-finished')).length, 2);
  await finalised(app, interview);
  await until(() => app.responses.value[0]?.state === 'held' && app.responses.value[0].photosHere === 0);
  const header: { attachments: { name: string; sha256: string; bytes: number; type: string }[] } = JSON.parse(
    pushed[0] ?? '',
  );
  const [kept] = await stored('photo-finished');
  const name = `photo-${kept?.slice(0, 16)}.jpg`;
  assert.deepEqual(header.attachments, [{ name, sha256: kept, bytes: 10, type: 'image/jpeg' }]);
  assert.deepEqual(await stored('photo-finished'), [kept]);
  const read = await app.actions.readResponse(interview.responseId);
  assert.ok(read.kind === 'read');
  assert.equal((await read.response.readFile(name)).kind, 'here');
});

test('a discarded draft takes its photos along, and undo brings both back', async () => {
  const { app, interview } = await rich('photo-discarded');
  await attach(interview, photo('pixels'));
  const name = value(interview, '/data/photo') ?? '';
  const removed = await app.actions.discardDraft(interview.responseId);
  assert.deepEqual(await stored('photo-discarded'), []);
  await removed?.undo();
  await app.actions.openDraft(interview.responseId);
  assert.equal((await openInterview(app).readFile(name)).kind, 'here');
});

test('bytes that the disk has changed are called damaged', async () => {
  const { interview } = await rich('photo-damaged');
  await attach(interview, photo('pixels'));
  const connection = new Connection({ usable: true, name: 'photo-damaged' });
  await connection.write(['attachments'], async (tx) => {
    const [kept] = await tx.objectStore('attachments').getAll();
    assert.ok(kept);
    await tx.objectStore('attachments').put({ ...kept, content: photo('pixelz').content });
  });
  await connection.close();
  assert.equal((await interview.readFile(value(interview, '/data/photo') ?? '')).kind, 'damaged');
});

test('where the phone is, is asked for in an interview begun just now, and not again later', async () => {
  const { app, interview } = await rich('position');
  assert.deepEqual(
    interview.positionsToAsk.map(({ path }) => path),
    ['/data/begun_at'],
  );
  answer(interview, '/data/place', 'park');
  await app.actions.closeInterview();
  await app.actions.openDraft(interview.responseId);
  assert.deepEqual(openInterview(app).positionsToAsk, []);
});

test('pictures come in the background once all forms are here, and are read from this phone', async () => {
  const { app, answerWith } = await enrolled('pictures', richServer(LIST));
  await until(() => app.media.value.size === 1);
  assert.equal(app.offline.value, 'ready');
  answerWith(noNetwork);
  const [name = ''] = app.media.value;
  const picture = await app.actions.readMedia(name);
  assert.equal(new TextDecoder().decode(picture?.content), PICTURE);
});
