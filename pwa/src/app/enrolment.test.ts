import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EnrolmentDesk } from './enrolment.ts';
import { Storage } from './storage.ts';
import { goodServer, makePhone, type Phone, SECRET } from './testing/phone.ts';

function deskOn(databaseName: string): { desk: EnrolmentDesk; phone: Phone } {
  const phone = makePhone(() => goodServer());
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
