/** A phone that its team signed off: everything on it is sent, then it is empty. No other word of a server empties it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locks, NetworkAnswer, NetworkRequest } from '../environment.ts';
import { Connection } from '../store/connection.ts';
import { sha256OfBytes } from '../sync/sha256.ts';
import type { App } from './app.ts';
import type { SignOff } from './state.ts';
import { FakeCentral } from './testing/central.ts';
import { answer, begun, enrolled, type Setting, setUp, until } from './testing/person.ts';
import { type Answerer, listText, noNetwork, richServerWith, SECRET } from './testing/phone.ts';

const PHOTO_BYTES = 200_000;
const STORES = [
  'blobs',
  'forms',
  'drafts',
  'revisions',
  'attachments',
  'arrivals',
  'media',
  'cursors',
  'ballast',
] as const;

interface Joined extends Setting {
  readonly name: string;
  readonly central: FakeCentral;
  readonly server: Answerer;
}

async function joined(name: string): Promise<Joined> {
  const central = new FakeCentral();
  const server = richServerWith(listText('park'), central);
  return { ...(await enrolled(name, server)), name, central, server };
}

function photo(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(PHOTO_BYTES).map((_, place) => (place * 7 + (place >> 8)) % 251);
}

/** An interview with a photo, left half-way. */
async function halfWay(app: App): Promise<string> {
  const interview = await begun(app, 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const given = { content: photo().buffer, type: 'image/jpeg', givenName: '' };
  assert.equal(await interview.attach(node, Promise.resolve(given)), 'attached');
  assert.ok(await interview.saved());
  return interview.responseId;
}

async function finish(app: App): Promise<string> {
  const interview = await begun(app, 'rich');
  answer(interview, '/data/place', 'park');
  assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  return interview.responseId;
}

/** As the server answers a device that a person has signed off. */
function signedOff(server: Answerer): Answerer {
  return (request) => {
    if (request.path === '/sync/v1/push') return quarantined(server(request));
    return /changes|have|manifest/.test(request.path)
      ? refusal({ standing: 'revoked', revoked: true })
      : server(request);
  };
}

function refusal(facts: object, status = 403): NetworkAnswer {
  return { kind: 'answer', status, body: JSON.stringify({ code: 'device-not-allowed', ...facts }) };
}

function quarantined(given: NetworkAnswer): NetworkAnswer {
  assert.ok(given.kind === 'answer');
  const { page: _, receipts, ...rest } = JSON.parse(given.body);
  const aside = receipts.map((receipt: object) => ({ ...receipt, status: 'quarantined', why: 'revoked-device' }));
  return { ...given, body: JSON.stringify({ ...rest, receipts: aside }) };
}

/** What the phone's database holds. */
async function held(name: string): Promise<{ readonly rows: number; readonly settings: readonly string[] }> {
  const connection = new Connection({ usable: true, name });
  const found = await connection.run(async (database) => {
    const counts = await Promise.all(STORES.map((store) => database.count(store)));
    return { rows: counts.reduce((sum, count) => sum + count, 0), settings: await database.getAllKeys('settings') };
  });
  await connection.close();
  return found;
}

function responsesIn(central: FakeCentral): readonly string[] {
  return central.pushed.map((header) => String(JSON.parse(header).id));
}

test('a phone that was signed off sends what it holds, drafts and photos too, and then it is empty and says so', async () => {
  const { app, answerWith, server, central, restart, name } = await joined('signed-off');
  answerWith(noNetwork);
  const finished = await finish(app);
  const draft = await halfWay(app);
  answerWith(signedOff(server));
  await app.actions.syncNow();
  await until(() => app.signOff.value === 'done');
  assert.deepEqual(new Set(responsesIn(central)), new Set([finished, draft]));
  assert.deepEqual([...central.files.entries()], [[sha256OfBytes(photo()), photo()]]);
  assert.equal(app.enrolment.value.kind, 'none');
  assert.deepEqual([app.responses.value, app.forms.value, app.interview.value], [[], [], undefined]);
  assert.deepEqual(await held(name), { rows: 0, settings: ['canary', 'signed-off'] });
  const later = await restart();
  assert.deepEqual([later.signOff.value, later.enrolment.value.kind, later.storage.value], ['done', 'none', 'none']);
});

test('an interview that nobody has answered anything in is not sent', async () => {
  const { app, answerWith, server, central } = await joined('untouched');
  await begun(app, 'rich');
  answerWith(signedOff(server));
  await app.actions.syncNow();
  await until(() => app.signOff.value === 'done');
  assert.deepEqual(central.pushed, []);
});

for (const [said, given] of [
  ['unknown here', refusal({ standing: 'unknown' })],
  ['out of date', refusal({ standing: 'expired' })],
  ['replaced', refusal({ standing: 'replaced' })],
  ['revoked, but not as a truth value', refusal({ standing: 'revoked', revoked: 'true' })],
  ['not genuine', refusal({ revoked: true }, 401)],
  ['another refusal', { kind: 'answer', status: 403, body: '{"code":"other","revoked":true}' }],
  ['a page of somebody else', { kind: 'answer', status: 403, body: '<html>"revoked": true</html>' }],
  [
    'an answer that is no refusal',
    { kind: 'answer', status: 200, body: '{"code":"device-not-allowed","revoked":true}' },
  ],
] satisfies [string, NetworkAnswer][])
  test(`a server that says “${said}” empties nothing`, async () => {
    const { app, answerWith, server, name } = await joined(`not-signed-off ${said}`);
    answerWith(noNetwork);
    await finish(app);
    await halfWay(app);
    const before = await held(name);
    answerWith((request) => (/changes|have|push/.test(request.path) ? given : server(request)));
    await app.actions.syncNow();
    assert.equal(app.signOff.value, 'no');
    assert.deepEqual(await held(name), before);
  });

/** Answers like `server` for so many requests of the session; then nothing comes back any more. */
function cutAfter(server: Answerer, count: number): Answerer {
  let asked = 0;
  return (request) => {
    asked += request.path.startsWith('/sync/') ? 1 : 0;
    return asked > count ? { kind: 'lost', why: 'unreachable' } : server(request);
  };
}

for (const count of [1, 2, 3, 4, 5, 6])
  test(`cut off after ${count} requests and begun anew it goes on, and nothing is missing`, async () => {
    const { app, answerWith, server, central, restart, name } = await joined(`cut ${count}`);
    answerWith(noNetwork);
    const ids = [await finish(app), await halfWay(app)];
    answerWith(cutAfter(signedOff(server), count));
    await app.actions.syncNow();
    assert.notEqual(app.signOff.value, 'done');
    assert.ok((await held(name)).rows > 0);
    answerWith(signedOff(server));
    const again = await restart();
    await until(() => again.signOff.value === 'done');
    assert.deepEqual(new Set(responsesIn(central)), new Set(ids));
    assert.deepEqual(central.files.get(sha256OfBytes(photo())), photo());
    assert.equal((await held(name)).rows, 0);
  });

test('what it is told is not forgotten by a reload without a connection', async () => {
  const { app, answerWith, server, restart } = await joined('reloaded');
  answerWith(noNetwork);
  await halfWay(app);
  answerWith(cutAfter(signedOff(server), 1));
  await app.actions.syncNow();
  assert.equal(app.signOff.value, 'under-way');
  answerWith(noNetwork);
  const again = await restart();
  await until(() => again.signOff.value === 'under-way');
  assert.deepEqual(
    again.responses.value.map(({ state, photosHere }) => [state, photosHere]),
    [['finalised', 1]],
  );
});

test('a photo that the server does not take stays, with the answers beside it, until it does', async () => {
  const { app, answerWith, server, phone, name } = await joined('too-large');
  answerWith(noNetwork);
  await halfWay(app);
  const unwilling: Answerer = (request) =>
    request.method === 'PATCH'
      ? { kind: 'answer', status: 413, body: '{"code":"attachment-too-large"}' }
      : signedOff(server)(request);
  answerWith(unwilling);
  await app.actions.syncNow();
  assert.equal(app.signOff.value, 'under-way');
  assert.equal(app.responses.value[0]?.photosHere, 1);
  assert.ok((await held(name)).rows > 0);
  answerWith(signedOff(server));
  phone.runTimers();
  await until(() => app.signOff.value === 'done');
});

test('answers that the server asks for later stay until it takes them', async () => {
  const { app, answerWith, server, central } = await joined('later');
  answerWith(noNetwork);
  const id = await finish(app);
  const later: Answerer = (request) =>
    request.path === '/sync/v1/push'
      ? retried(server({ ...request, body: '{"items":[]}' }), request.body)
      : signedOff(server)(request);
  answerWith(later);
  await app.actions.syncNow();
  assert.equal(app.signOff.value, 'under-way');
  assert.equal(app.responses.value[0]?.state, 'finalised');
  answerWith(signedOff(server));
  await app.actions.syncNow();
  await until(() => app.signOff.value === 'done');
  assert.deepEqual(responsesIn(central), [id]);
});

function retried(given: NetworkAnswer, body = ''): NetworkAnswer {
  assert.ok(given.kind === 'answer');
  const { items }: { items: { rev: string }[] } = JSON.parse(body);
  const receipts = items.map(({ rev }, index) => ({ index, rev, status: 'retry', after_ms: 3_600_000, missing: [] }));
  return { ...given, body: JSON.stringify({ ...JSON.parse(given.body), receipts }) };
}

test('answers that the server can never keep are not thrown away', async () => {
  const { app, answerWith, server, name } = await joined('refused');
  answerWith(noNetwork);
  await finish(app);
  const never: Answerer = (request) =>
    request.path === '/sync/v1/push'
      ? { kind: 'answer', status: 413, body: '{"code":"body-too-large"}' }
      : signedOff(server)(request);
  answerWith(never);
  await app.actions.syncNow();
  assert.deepEqual([app.signOff.value, app.responses.value[0]?.state], ['under-way', 'refused']);
  assert.ok((await held(name)).rows > 0);
});

test('a phone that is taken in again before it is empty goes on as before', async () => {
  const { app, answerWith, server, central, name } = await joined('taken-in-again');
  answerWith(noNetwork);
  const id = await halfWay(app);
  answerWith(cutAfter(signedOff(server), 2));
  await app.actions.syncNow();
  assert.equal(app.signOff.value, 'under-way');
  answerWith(server);
  await app.actions.syncNow();
  await until(() => app.signOff.value === 'no');
  assert.deepEqual([app.enrolment.value.kind, responsesIn(central)], ['enrolled', [id]]);
  assert.ok(!(await held(name)).settings.includes('signed-off'));
});

test('the word was said to a token that another tab has replaced meanwhile: nothing is emptied', async () => {
  const { app, answerWith, server, name, phone } = await joined('replaced-meanwhile');
  answerWith(noNetwork);
  await finish(app);
  const connection = new Connection({ usable: true, name });
  const refused: string[] = [];
  Object.assign(phone.environment.network, {
    async send(request: NetworkRequest) {
      if (request.token === 'fw1.new') return server(request);
      if (request.path.startsWith('/sync/v1/changes')) {
        refused.push(request.path);
        await putToken(connection, 'fw1.new');
      }
      return signedOff(server)(request);
    },
  });
  await app.actions.syncNow();
  await app.actions.syncNow();
  await connection.close();
  assert.ok(refused.length > 0);
  assert.deepEqual([app.signOff.value, app.enrolment.value.kind], ['no', 'enrolled']);
  assert.ok((await held(name)).rows > 0);
});

async function putToken(connection: Connection, token: string): Promise<void> {
  await connection.write(['settings'], async (tx) => {
    const there: unknown = await tx.objectStore('settings').get('enrolment');
    assert.ok(typeof there === 'object' && there !== null);
    await tx.objectStore('settings').put({ ...there, token }, 'enrolment');
  });
}

test('each request of a sync says which app it is and how many finished interviews wait beside those it brings', async () => {
  const { app, answerWith, server, phone } = await joined('says');
  answerWith(noNetwork);
  await finish(app);
  await begun(app, 'rich');
  phone.requests.length = 0;
  answerWith(server);
  await app.actions.syncNow();
  await app.actions.syncNow();
  const said = phone.requests
    .filter(({ path }) => path.startsWith('/sync/'))
    .map(({ path, phone: of }) => [path.slice(9, 13), of]);
  assert.deepEqual(said[0], ['push', 'app=0; unsent=0']);
  assert.deepEqual(said.at(-1), ['chan', 'app=0; unsent=0']);
  assert.ok(said.every(([, of]) => of !== undefined));
});

/** Two tabs of one browser, whose locks keep them apart. */
async function twoTabs(name: string) {
  const first = await joined(name);
  const second = await setUp(name, first.server);
  const locks = sharedLocks();
  const reload = async (setting: Setting) => {
    Object.assign(setting.phone.environment, { locks });
    setting.answerWith(noNetwork);
    return { ...setting, app: await setting.restart() };
  };
  return { ...first, first: await reload(first), second: await reload(second) };
}

function sharedLocks(): Locks {
  const taken = new Set<string>();
  return {
    available: true,
    async hold(lock) {
      if (taken.has(lock)) return undefined;
      taken.add(lock);
      return { release: () => void taken.delete(lock) };
    },
  };
}

test('an interview that is open in another tab is left to it, and the phone is emptied when that tab has heard too', async () => {
  const { first, second, server, central, name } = await twoTabs('two-tabs');
  const interview = await begun(second.app, 'rich');
  answer(interview, '/data/place', 'park');
  await interview.saved();
  first.answerWith(signedOff(server));
  await hears(first.app, 'under-way');
  assert.equal(first.app.responses.value[0]?.state, 'draft');
  answer(interview, '/data/equality/age', 'said after that');
  await interview.saved();
  second.answerWith(signedOff(server));
  await hears(second.app, 'done');
  assert.deepEqual(responsesIn(central), [interview.responseId]);
  assert.equal((await held(name)).rows, 0);
  await hears(first.app, 'done');
  assert.equal(first.app.enrolment.value.kind, 'none');
});

test('a tab that has not heard of it begins nothing on the empty phone, and hears of it when it next asks', async () => {
  const { first, second, server, central } = await twoTabs('late-tab');
  first.answerWith(signedOff(server));
  await hears(first.app, 'done');
  assert.deepEqual(await second.app.actions.beginResponse('rich'), { kind: 'form-not-here' });
  await hears(second.app, 'done');
  assert.deepEqual([second.app.enrolment.value.kind, second.app.forms.value, central.pushed], ['none', [], []]);
});

test('a new link on an emptied phone makes it work again, and an old tab does not empty it', async () => {
  const { first, second, server, name } = await twoTabs('new-link');
  first.answerWith(signedOff(server));
  await hears(first.app, 'done');
  first.answerWith(renewed(server));
  assert.equal(await first.app.actions.enrol(SECRET), 'enrolled');
  await until(() => first.app.forms.value.length > 0);
  second.answerWith((request) => (request.token === 'fw1.new' ? server(request) : signedOff(server)(request)));
  await second.app.actions.syncNow();
  // It may have begun to ask before the new link was taken: then it hears of it with its next try.
  await hears(second.app, 'no');
  assert.equal(second.app.enrolment.value.kind, 'enrolled');
  assert.ok((await held(name)).rows > 0);
});

/** Another tab may be at it for a moment: then this one stands back. */
async function hears(app: App, state: SignOff): Promise<void> {
  for (let tries = 0; tries < 1_000 && app.signOff.value !== state; tries += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await app.actions.syncNow();
  }
  assert.equal(app.signOff.value, state);
}

/** The next enrolment gets another token. */
function renewed(server: Answerer): Answerer {
  return (request) => {
    const given = server(request);
    if (request.path !== '/devices/v1/enrol' || given.kind === 'lost') return given;
    return { ...given, body: given.body.replace('fw1.a.b', 'fw1.new') };
  };
}
