/** A phone and a server that talk: photos after text, interruptions, restored servers, clocks that jump, releases that differ. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkAnswer, NetworkRequest } from '../environment.ts';
import { Connection } from '../store/connection.ts';
import { sha256OfBytes } from '../sync/sha256.ts';
import type { App } from './app.ts';
import type { FileProgress } from './state.ts';
import { FakeCentral } from './testing/central.ts';
import { answer, begun, enrolled, type Setting, until } from './testing/person.ts';
import { type Answerer, goodServerWith, listText, noNetwork, richServerWith } from './testing/phone.ts';

const YEARS_MS = 5 * 365 * 24 * 3_600_000;
const PHOTO_BYTES = 400_000;

interface Joined extends Setting {
  readonly central: FakeCentral;
  readonly server: Answerer;
}

async function joined(databaseName: string): Promise<Joined> {
  const central = new FakeCentral();
  const server = richServerWith(listText('park'), central);
  return { ...(await enrolled(databaseName, server)), central, server };
}

function photoOf(seed: number, bytes = PHOTO_BYTES): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes).map((_, place) => (place * seed + (place >> 8)) % 251);
}

/** Finish an interview, with one photo when there is a seed for it. */
async function finish(app: App, seed?: number): Promise<string> {
  const interview = await begun(app, 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const photo = { content: photoOf(seed ?? 0).buffer, type: 'image/jpeg', givenName: '' };
  if (seed !== undefined) assert.equal(await interview.attach(node, Promise.resolve(photo)), 'attached');
  answer(interview, '/data/place', 'park');
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  return interview.responseId;
}

/** The disk gives back other bytes for the photo of a response. */
async function damage(databaseName: string, responseId: string): Promise<void> {
  const connection = new Connection({ usable: true, name: databaseName });
  await connection.write(['attachments'], async (tx) => {
    const [kept] = await tx.objectStore('attachments').index('responseId').getAll(responseId);
    assert.ok(kept);
    await tx.objectStore('attachments').put({ ...kept, content: new ArrayBuffer(PHOTO_BYTES) });
  });
  await connection.close();
}

function line({ responses }: App, id: string) {
  return responses.value.find((response) => response.id === id);
}

/** Of the event loop. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Those of the session; what else a form needs is fetched beside it. */
function callsOf(requests: readonly NetworkRequest[]): readonly string[] {
  const ofSession = requests.filter(({ path }) => path.startsWith('/sync/'));
  return ofSession.map(({ method, path }) => `${method} ${path.replace(/[?].*$|[0-9a-f]{64}/, '')}`);
}

/** The server's answer to the so-manieth piece of a photo is lost, and so is everything after it. */
function cutAtPiece(server: Answerer, count: number): Answerer {
  let pieces = 0;
  return (request) => {
    if (request.method === 'PATCH') pieces += 1;
    const given = server(request);
    return pieces >= count ? { kind: 'lost', why: 'unreachable' } : given;
  };
}

test('the answers of all interviews go before the first photo, and every photo arrives whole', async () => {
  const { app, answerWith, server, central, phone } = await joined('photos-after');
  answerWith(noNetwork);
  const ids = [await finish(app, 3), await finish(app, 5)];
  answerWith(server);
  phone.requests.length = 0;
  await app.actions.syncNow();
  await until(() => ids.every((id) => line(app, id)?.photosHere === 0));
  const calls = callsOf(phone.requests);
  assert.equal(calls[0], 'POST /sync/v1/push');
  assert.equal(calls.filter((call) => call.endsWith('push')).length, 1);
  for (const seed of [3, 5]) {
    const photo = photoOf(seed);
    assert.deepEqual(central.files.get(sha256OfBytes(photo)), photo);
  }
  assert.ok(ids.every((id) => line(app, id)?.state === 'held'));
});

test('with nothing new one pass is one request, and so it is with one new interview', async () => {
  const { app, phone } = await joined('one-request');
  await app.actions.syncNow();
  phone.requests.length = 0;
  await app.actions.syncNow();
  assert.deepEqual(callsOf(phone.requests), ['GET /sync/v1/changes']);
  phone.requests.length = 0;
  await finish(app);
  await until(() => app.responses.value[0]?.state === 'held');
  assert.deepEqual(callsOf(phone.requests), ['POST /sync/v1/push']);
  assert.equal(phone.requests.find(({ path }) => path.startsWith('/sync/'))?.gzip, true);
});

test('what a push brings is not told of as unsent, and what waits behind it is', async () => {
  const { app, answerWith, server, phone } = await joined('told');
  answerWith(noNetwork);
  await finish(app);
  await finish(app);
  answerWith(server);
  phone.requests.length = 0;
  await app.actions.syncNow();
  await until(() => app.responses.value.every(({ state }) => state === 'held'));
  await app.actions.syncNow();
  const told = phone.requests.filter(({ path }) => path.startsWith('/sync/')).map((call) => call.phone);
  assert.deepEqual(new Set(told), new Set([`app=${app.version}; unsent=0`]));
});

test('a photo that is cut off goes on where the server has it, also after a cold start', async () => {
  const { app, answerWith, server, central, phone, restart } = await joined('photo-cut');
  answerWith(cutAtPiece(server, 2));
  const id = await finish(app, 7);
  await until(() => app.sync.value.status.kind === 'waiting');
  assert.deepEqual([line(app, id)?.state, line(app, id)?.photosHere], ['held', 1]);
  const [name = ''] = [...central.files.keys()];
  const before = central.files.get(name)?.length ?? 0;
  assert.ok(before > 0 && before < PHOTO_BYTES);
  answerWith(server);
  phone.requests.length = 0;
  const again = await restart();
  await until(() => line(again, id)?.photosHere === 0);
  const pieces = phone.requests.flatMap(({ piece }) => (piece === undefined ? [] : [piece]));
  assert.equal(pieces[0]?.offset, before);
  assert.equal(
    pieces.reduce((sum, { content }) => sum + content.byteLength, 0),
    PHOTO_BYTES - before,
  );
  assert.deepEqual(central.files.get(name), photoOf(7));
});

test('how far a photo is only grows while it is on its way, and is gone when it has arrived', async () => {
  const { app } = await joined('progress');
  const seen: (FileProgress | undefined)[] = [];
  const stop = app.sync.subscribe(({ file }) => void seen.push(file));
  const id = await finish(app, 11);
  await until(() => line(app, id)?.photosHere === 0 && app.sync.value.status.kind === 'idle');
  stop();
  assert.equal(app.sync.value.file, undefined);
  const first = seen.findIndex((file) => file !== undefined);
  const last = seen.map((file) => file !== undefined).lastIndexOf(true);
  const shown = seen.slice(first, last + 1);
  assert.ok(shown.length > 2 && shown.every((file) => file?.whole === PHOTO_BYTES), 'it does not come and go');
  const arrived = shown.map((file) => file?.arrived ?? 0);
  assert.deepEqual(
    arrived,
    [...arrived].sort((one, other) => one - other),
  );
});

test('an interview that is finished while a photo is on its way goes before the next piece of it', async () => {
  const { app, answerWith, server, phone } = await joined('two-lanes');
  let finishing: Promise<string> | undefined;
  answerWith((request) => {
    if (request.method === 'PATCH') finishing ??= finish(app);
    return server(request);
  });
  const id = await finish(app, 13);
  await until(() => line(app, id)?.photosHere === 0);
  await until(() => app.responses.value.every(({ state }) => state === 'held'));
  assert.ok(await finishing);
  const calls = callsOf(phone.requests).filter((call) => /push|PATCH/.test(call));
  const second = calls.lastIndexOf('POST /sync/v1/push');
  assert.ok(second < calls.length - 1, 'pieces of the photo follow the second interview');
});

test('a photo that the disk has changed is said to be damaged, and holds up no other', async () => {
  const { app, answerWith, server, phone } = await joined('damaged');
  answerWith(noNetwork);
  const [damaged, whole] = [await finish(app, 3), await finish(app, 5)];
  await damage('damaged', damaged);
  answerWith(server);
  phone.wake('online');
  await until(() => line(app, whole)?.photosHere === 0 && line(app, damaged)?.filesDamaged === 1);
  assert.deepEqual([line(app, damaged)?.state, line(app, damaged)?.photosHere], ['held', 0]);
});

test('the same photo given again is whole, and goes in the place of the damaged one', async () => {
  const { app, answerWith, server, phone } = await joined('given-again');
  answerWith(noNetwork);
  const damaged = await finish(app, 3);
  await damage('given-again', damaged);
  answerWith(server);
  phone.wake('online');
  await until(() => line(app, damaged)?.filesDamaged === 1);
  const again = await finish(app, 3);
  await until(() => [damaged, again].every((id) => line(app, id)?.filesDamaged === 0));
  assert.equal(line(app, again)?.photosHere, 0);
});

test('a server that was restored from an older backup is noticed, and gets again what it lost, photos too', async () => {
  const { app, central } = await joined('restored');
  const ids = [await finish(app, 3)];
  await until(() => line(app, ids[0] ?? '')?.photosHere === 0);
  const inBackup = central.log.length;
  ids.push(await finish(app, 5), await finish(app));
  await until(() => ids.every((id) => line(app, id)?.state === 'held' && line(app, id)?.photosHere === 0));
  central.restore(inBackup);
  await app.actions.syncNow();
  await until(() => ids.every((id) => line(app, id)?.state === 'held' && line(app, id)?.photosHere === 0));
  assert.equal(central.log.filter(({ kind }) => kind === 'response').length, 3);
  for (const seed of [3, 5]) {
    const photo = photoOf(seed);
    assert.deepEqual(central.files.get(sha256OfBytes(photo)), photo);
  }
});

test('safe is said only when the photo is in the backup too', async () => {
  const { app, central } = await joined('safe-whole');
  const id = await finish(app, 3);
  await until(() => line(app, id)?.photosHere === 0);
  central.safeSeq = 1;
  await app.actions.syncNow();
  assert.equal(line(app, id)?.state, 'held');
  central.safeSeq = central.log.length;
  await app.actions.syncNow();
  assert.equal(line(app, id)?.state, 'safe');
});

test('long after it was safe, by the server’s time, the copy goes and the line stays', async () => {
  const { app, central, phone } = await joined('removed');
  const id = await finish(app, 3);
  await until(() => line(app, id)?.photosHere === 0);
  central.safeSeq = central.log.length;
  await app.actions.syncNow();
  phone.turnClock(YEARS_MS);
  await app.actions.syncNow();
  assert.equal(line(app, id)?.removedSafeSince, undefined);
  for (const day of ['11-27', '12-04', '12-11', '12-18', '12-20']) {
    assert.equal(line(app, id)?.removedSafeSince, undefined, day);
    central.time = `2026-${day}T12:00:00.000Z`;
    await app.actions.syncNow();
  }
  assert.equal(line(app, id)?.removedSafeSince, '2026-11-20T12:00:00.000Z');
  assert.deepEqual(await app.actions.readResponse(id), { kind: 'removed' });
});

test('what nobody foresaw, met in the middle of a pass, is logged once and tried again by itself', async (context) => {
  const logged = context.mock.method(console, 'error', () => undefined);
  const { app, phone, answerWith, server } = await joined('unforeseen');
  answerWith(noNetwork);
  const id = await finish(app, 3);
  await until(() => app.sync.value.status.kind === 'waiting');
  const { digests } = phone.environment;
  const { sha256 } = digests;
  let tries = 0;
  const breakDown = async () => {
    tries += 1;
    throw new TypeError('digests are gone');
  };
  Object.assign(digests, { sha256: breakDown });
  answerWith(server);
  await app.actions.syncNow();
  assert.deepEqual([app.sync.value.status.kind, line(app, id)?.photosHere], ['waiting', 1]);
  phone.runTimers();
  await until(() => tries === 2 && app.sync.value.status.kind === 'waiting');
  Object.assign(digests, { sha256 });
  phone.runTimers();
  await until(() => line(app, id)?.photosHere === 0);
  assert.equal(logged.mock.callCount(), 1);
});

test('what the team has erased is erased here, and said', async () => {
  const { app, central } = await joined('erased');
  const id = await finish(app, 3);
  await until(() => line(app, id)?.photosHere === 0);
  const header: { parts: { sha256: string }[]; attachments: { sha256: string }[] } = JSON.parse(
    central.pushed[0] ?? '',
  );
  const names = (list: readonly { readonly sha256: string }[]) => list.map(({ sha256 }) => sha256);
  central.erase({ id, parts: names(header.parts), attachments: names(header.attachments) });
  await app.actions.syncNow();
  assert.equal(line(app, id)?.state, 'erased');
  assert.deepEqual(await app.actions.readResponse(id), { kind: 'removed' });
});

test('a clock that is put back by years while it waits does not keep it waiting', async () => {
  const { app, answerWith, server, phone } = await joined('clock-back');
  answerWith((request): NetworkAnswer => {
    const busy = request.path.startsWith('/sync/');
    return busy ? { kind: 'answer', status: 503, body: '', retryAfter: 60_000 } : server(request);
  });
  const id = await finish(app);
  await until(() => app.sync.value.status.kind === 'waiting');
  phone.turnClock(-YEARS_MS);
  answerWith(server);
  phone.runTimers();
  await until(() => line(app, id)?.state === 'held');
});

test('a clock that is put back by years between two looks is not believed when the page is looked at again', async () => {
  const { app, answerWith, server, phone } = await joined('clock-look');
  answerWith(() => ({ kind: 'answer', status: 503, body: '', retryAfter: 5_000 }));
  const id = await finish(app);
  await until(() => app.sync.value.status.kind === 'waiting');
  answerWith(server);
  phone.turnClock(-YEARS_MS);
  phone.wake('visible');
  await someTurns();
  assert.equal(app.sync.value.status.kind, 'waiting');
  phone.turnClock(400_000);
  phone.wake('visible');
  await until(() => line(app, id)?.state === 'held');
});

test('a server that is older than the app, or too new for it, is named, and nothing is lost', async () => {
  const { app, central, answerWith, server } = await joined('releases');
  answerWith(noNetwork);
  const id = await finish(app);
  answerWith(server);
  central.protocol = { min: 0, max: 0 };
  await app.actions.syncNow();
  const { status } = app.sync.value;
  assert.equal(status.kind === 'waiting' && status.why, 'server-too-old');
  central.protocol = { min: 2, max: 3 };
  await app.actions.syncNow();
  assert.deepEqual(app.sync.value.status, { kind: 'problem', why: 'app-too-old' });
  central.protocol = { min: 1, max: 3 };
  await app.actions.syncNow();
  assert.equal(line(app, id)?.state, 'held');
});

test('members, kinds and states that a newer server has invented are passed over', async () => {
  const central = new FakeCentral();
  const server = goodServerWith(central);
  const { app, answerWith } = await enrolled('newer-server', server);
  answerWith((request) => {
    const given = server(request);
    if (given.kind === 'lost' || !request.path.startsWith('/sync/') || given.body === '') return given;
    const body: { page?: { changes: unknown[] }; [member: string]: unknown } = JSON.parse(given.body);
    body.page?.changes.push(
      { seq: 99, kind: 'weather', sky: 'blue' },
      { seq: 100, kind: 'response', state: 'weighed' },
    );
    return { ...given, body: JSON.stringify({ ...body, weather: { sky: 'blue' } }) };
  });
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  await until(() => app.responses.value[0]?.state === 'held');
});

test('while another tab sends, this one looks again later, and shows what has arrived', async () => {
  const { app, phone, central } = await joined('other-tab');
  let held = true;
  const { locks } = phone.environment;
  Object.assign(locks, { hold: async () => (held ? undefined : { release: () => undefined }) });
  const id = await finish(app);
  await app.actions.syncNow();
  assert.equal(central.pushed.length, 0);
  held = false;
  phone.runTimers();
  await until(() => line(app, id)?.state === 'held');
});
