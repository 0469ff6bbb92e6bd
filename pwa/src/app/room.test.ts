/** A phone that gets full: said before it hurts, photos first, and what is typed is kept. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../store/connection.ts';
import { FullDisk } from '../store/testing/full-disk.ts';
import { KEPT_FOR_TEXT_BYTES, SCARCE_BYTES } from './room.ts';
import { answer, begun, enrolled, openInterview, until, value } from './testing/person.ts';
import { listText, noNetwork, richServer } from './testing/phone.ts';

async function untilBallastIsThere(databaseName: string): Promise<void> {
  const connection = new Connection({ usable: true, name: databaseName });
  for (let count = 0; count === 0; ) count = await connection.run((database) => database.count('ballast'));
  await connection.close();
}

const AMPLE = { used: 1_000_000, free: 2 * SCARCE_BYTES };

test('little room is said once, and again only when there was enough in between', async () => {
  const { app, phone } = await enrolled('room-said');
  phone.page.room = AMPLE;
  phone.wake('visible');
  assert.equal(app.room.value, 'ample');
  phone.page.room = { used: 1_000_000, free: SCARCE_BYTES - 1 };
  phone.wake('visible');
  await until(() => app.room.value === 'scarce');
  app.actions.acknowledgeRoom();
  phone.wake('visible');
  await app.actions.syncNow();
  assert.equal(app.room.value, 'told');
  phone.page.room = AMPLE;
  phone.wake('visible');
  await until(() => app.room.value === 'ample');
  phone.page.room = { used: 95 * SCARCE_BYTES, free: 5 * SCARCE_BYTES };
  phone.wake('visible');
  await until(() => app.room.value === 'scarce');
});

test('where the browser always reports the same room, it is scarce when the ballast finds no place', async () => {
  const { app, phone } = await enrolled('room-silent', richServer(listText('park')));
  const interview = await begun(app, 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  phone.wake('visible');
  await untilBallastIsThere('room-silent');
  const disk = new FullDisk(0);
  try {
    answer(interview, '/data/place', 'par');
    assert.equal(await interview.saved(), true);
    phone.wake('visible');
    await until(() => app.room.value === 'scarce');
    const photo = { content: new ArrayBuffer(1_000), type: 'image/jpeg', givenName: '' };
    assert.equal(await interview.attach(node, Promise.resolve(photo)), 'not-saved');
    answer(interview, '/data/place', 'park');
    assert.equal(await interview.saved(), true);
    assert.equal(app.storage.value, 'none');
  } finally {
    disk.repair();
  }
});

test('a photo is turned away while there is still room for text', async () => {
  const { app, phone } = await enrolled('room-photo', richServer(listText('park')));
  const interview = await begun(app, 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const photo = { content: new ArrayBuffer(1_000), type: 'image/jpeg', givenName: '' };
  phone.page.room = { used: 0, free: KEPT_FOR_TEXT_BYTES + 999 };
  assert.equal(await interview.attach(node, Promise.resolve(photo)), 'not-saved');
  answer(interview, '/data/place', 'park');
  assert.equal(await interview.saved(), true);
  phone.page.room = { used: 0, free: KEPT_FOR_TEXT_BYTES + 1_000 };
  assert.equal(await interview.attach(node, Promise.resolve(photo)), 'attached');
});

test('on a full phone the ballast makes room for the last answers and the finish', async () => {
  const { app, phone, answerWith } = await enrolled('room-ballast');
  answerWith(noNetwork);
  phone.page.room = AMPLE;
  phone.wake('visible');
  const interview = await begun(app);
  await untilBallastIsThere('room-ballast');
  const disk = new FullDisk(0);
  try {
    answer(interview, '/data/__proto__', 'the last word');
    assert.equal(await interview.saved(), true);
    assert.deepEqual(await app.actions.finalise(interview.responseId), { kind: 'finalised' });
  } finally {
    disk.repair();
  }
  assert.equal(app.responses.value[0]?.state, 'finalised');
});

test('with no room at all, what is typed stays in the open interview, and the next keystroke saves it', async () => {
  const { app, restart } = await enrolled('room-none');
  const interview = await begun(app);
  const disk = new FullDisk(0);
  answer(interview, '/data/asset_name', 'typed');
  assert.equal(await interview.saved(), false);
  assert.deepEqual([app.storage.value, interview.saveState.value], ['full', 'failed']);
  assert.equal(value(interview, '/data/asset_name'), 'typed');
  disk.free(100_000);
  answer(interview, '/data/asset_name', 'typed on');
  assert.equal(await interview.saved(), true);
  disk.repair();
  assert.equal(app.storage.value, 'none');
  const again = await restart();
  await again.actions.openDraft(interview.responseId);
  assert.equal(value(openInterview(again), '/data/asset_name'), 'typed on');
});
