import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EnrolmentDesk } from './enrolment.ts';
import { Storage } from './storage.ts';
import { type Answerer, goodServer, makePhone, type Phone, SECRET } from './testing/phone.ts';

function deskOn(databaseName: string, server: Answerer = goodServer()): { desk: EnrolmentDesk; phone: Phone } {
  const phone = makePhone(() => server);
  const storage = new Storage(phone.environment.storage, databaseName);
  return {
    phone,
    desk: new EnrolmentDesk({ environment: phone.environment, storage, onForms: async () => undefined }),
  };
}

function secretSent({ requests }: Phone): unknown {
  const sent: { secret: unknown } = JSON.parse(requests[0]?.body ?? '{}');
  return sent.secret;
}

test('a whole link may be pasted instead of the secret, with blanks around it', async () => {
  for (const [index, given] of [SECRET, ` ${SECRET}\n`, `https://a.example/enrol#${SECRET}`].entries()) {
    const { desk, phone } = deskOn(`link-${index}`);
    assert.equal(await desk.enrol(given), 'enrolled');
    assert.equal(secretSent(phone), SECRET);
  }
});

test('a token that the server renewed is there after a restart', async () => {
  const { desk } = deskOn('renewed');
  await desk.enrol(SECRET);
  await desk.renew('fw1.new.token');
  const { desk: later } = deskOn('renewed');
  await later.load();
  assert.equal(later.credentials?.token, 'fw1.new.token');
  assert.equal(later.state.value.kind, 'enrolled');
});

test('a phone that was never enrolled says so, and cannot be renewed', async () => {
  const { desk } = deskOn('never');
  await desk.load();
  await desk.renew('fw1.new.token');
  assert.equal(desk.state.value.kind, 'none');
  assert.equal(desk.credentials, undefined);
});

/** A server that knows the first `known` names as others'; chance follows from the time that passes meanwhile. */
function serverThatKnows(known: number, pass: () => void): Answerer {
  const server = goodServer();
  let left = known;
  return (request) => {
    pass();
    left -= 1;
    return left >= 0 ? { kind: 'answer', status: 409, body: '{"code":"device-known"}' } : server(request);
  };
}

function devicesSent({ requests }: Phone): readonly unknown[] {
  return requests.map(({ body = '{}' }) => {
    const sent: { device: unknown } = JSON.parse(body);
    return sent.device;
  });
}

test('a phone whose name is another’s takes a new one, once, and keeps it', async () => {
  const { desk, phone } = deskOn(
    'name-taken',
    serverThatKnows(1, () => phone.turnClock(1)),
  );
  assert.equal(await desk.enrol(SECRET), 'enrolled');
  const [first, second] = devicesSent(phone);
  assert.notEqual(first, second);
  assert.equal(desk.credentials?.device, second);
  assert.equal(await desk.enrol(SECRET), 'enrolled');
  assert.equal(devicesSent(phone)[2], second);
});

test('a server that knows every name is not asked for ever', async () => {
  const { desk, phone } = deskOn(
    'all-names-taken',
    serverThatKnows(9, () => undefined),
  );
  assert.equal(await desk.enrol(SECRET), 'server-error');
  assert.equal(phone.requests.length, 2);
});

test('a phone that was enrolled before shows its token, so that it may keep its name', async () => {
  const { desk, phone } = deskOn('shows-token');
  await desk.enrol(SECRET);
  await desk.enrol(SECRET);
  assert.deepEqual(
    phone.requests.map(({ token }) => token),
    [undefined, 'fw1.a.b'],
  );
});
