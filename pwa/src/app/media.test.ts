/** Pictures and sounds of forms never endanger an answer: no more than fits, nothing that nobody needs, and they give way. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BALLAST_BYTES } from '../store/ballast.ts';
import { Connection } from '../store/connection.ts';
import { mediaNames } from '../store/media.ts';
import { readSetting, saveSetting } from '../store/settings.ts';
import { FullDisk } from '../store/testing/full-disk.ts';
import { sha256 } from '../sync/sha256.ts';
import { KEPT_FOR_TEXT_BYTES, MOST_MEDIA_BYTES, SCARCE_BYTES } from './room.ts';
import { FakeCentral } from './testing/central.ts';
import { answer, begun, enrolled, type Setting, setUp, until } from './testing/person.ts';
import { listText, noNetwork, PICTURE, richServerWith, SECRET } from './testing/phone.ts';

const LIST = listText('park');
const [FIRST, SECOND, AGAIN] = ['said first', 'said second', 'said second, again'];
const AMPLE = { used: 0, free: 2 * SCARCE_BYTES };

function named(...bodies: readonly string[]): string[] {
  return bodies.map((body) => sha256(body)).sort();
}

async function stored(name: string): Promise<string[]> {
  const connection = new Connection({ usable: true, name });
  const names = await connection.run(() => mediaNames(connection));
  await connection.close();
  return names;
}

async function setBytes(name: string, bytes: number): Promise<void> {
  const connection = new Connection({ usable: true, name });
  await saveSetting(connection, 'media-bytes', bytes);
  await connection.close();
}

async function bytesOf(name: string): Promise<unknown> {
  const connection = new Connection({ usable: true, name });
  const bytes = await readSetting(connection, 'media-bytes');
  await connection.close();
  return bytes;
}

/** A phone with no room to spare, or with as much as it says, that has everything of the form but its media. */
async function phoneWith(name: string, room: { used: number; free: number }, bytes = 0): Promise<Setting> {
  const setting = await setUp(name, richServerWith(LIST, new FakeCentral(), [FIRST, SECOND]));
  setting.phone.page.room = room;
  await setBytes(name, bytes);
  await setting.app.actions.enrol(`https://fieldwell.example/enrol#${SECRET}`);
  await setting.app.actions.syncNow();
  await until(() => setting.app.offline.value === 'ready');
  return setting;
}

function mediaAsked({ phone }: Setting): number {
  return phone.requests.filter(({ path }) => path.startsWith('/forms/v1/media/')).length;
}

test('a sound that was made anew lets go of the one before; what the form and the draft need stays', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('media-anew', richServerWith(LIST, central, [FIRST, SECOND]));
  await until(() => setting.app.media.value.size === 3);
  assert.deepEqual(await stored('media-anew'), named(PICTURE, FIRST, SECOND));
  setting.answerWith(richServerWith(LIST, central, [FIRST, AGAIN]));
  await setting.app.actions.syncNow();
  await until(() => setting.app.media.value.has(sha256(AGAIN)) && !setting.app.media.value.has(sha256(SECOND)));
  assert.deepEqual(await stored('media-anew'), named(PICTURE, FIRST, AGAIN));
  assert.equal(await bytesOf('media-anew'), [PICTURE, FIRST, AGAIN].join('').length);
});

test('while a pack of sounds is not here, nothing is let go: nobody knows what it names', async () => {
  const central = new FakeCentral();
  const setting = await enrolled('media-unsure', richServerWith(LIST, central, [FIRST]));
  await until(() => setting.app.media.value.size === 2);
  const server = richServerWith(LIST, central, [SECOND]);
  setting.answerWith((request) => (request.path.includes('/sounds/') ? noNetwork(request) : server(request)));
  await setting.app.actions.syncNow();
  await until(() => setting.phone.requests.filter(({ path }) => path.includes('/sounds/')).length === 2);
  await (await setting.app.actions.sounds())?.listenIn({ lang: 'en', words: 'en' });
  assert.deepEqual(await stored('media-unsure'), named(PICTURE, FIRST));
});

test('a nearly full phone fetches nothing ahead, and plays what is pressed without keeping it', async () => {
  const setting = await phoneWith('media-tight', { used: 0, free: KEPT_FOR_TEXT_BYTES - 1 });
  const sounds = await setting.app.actions.sounds();
  await sounds?.listenIn({ lang: 'en', words: 'en' });
  assert.equal(mediaAsked(setting), 0);
  const heard = await sounds?.fetch(sha256(FIRST));
  assert.equal(new TextDecoder().decode(heard?.content), FIRST);
  assert.deepEqual(await stored('media-tight'), []);
});

test('with so much on the phone, no more comes unasked, but what a person asks for does', async () => {
  const setting = await phoneWith('media-much', AMPLE, MOST_MEDIA_BYTES);
  const sounds = await setting.app.actions.sounds();
  const [spoken] = setting.app.forms.value[0]?.spoken ?? [];
  assert.ok(spoken);
  await sounds?.listenIn({ lang: 'en', words: 'en' });
  assert.equal(mediaAsked(setting), 0);
  await sounds?.fetchAll(spoken);
  assert.deepEqual(await stored('media-much'), named(FIRST, SECOND));
});

test('on a phone that is full to the last byte, sounds give way to what is typed, and do not come again unasked', async () => {
  const setting = await enrolled('media-gives-way', richServerWith(LIST, new FakeCentral(), [FIRST, SECOND]));
  await until(() => setting.app.media.value.size === 3);
  const interview = await begun(setting.app, 'rich');
  const disk = new FullDisk(-BALLAST_BYTES - 1, { media: 2 * BALLAST_BYTES });
  try {
    answer(interview, '/data/place', 'park');
    assert.equal(await interview.saved(), true);
    assert.equal(setting.app.storage.value, 'none');
  } finally {
    disk.repair();
  }
  assert.deepEqual(await stored('media-gives-way'), []);
  const before = mediaAsked(setting);
  await setting.app.actions.syncNow();
  await (await setting.app.actions.sounds())?.listenIn({ lang: 'en', words: 'en' });
  assert.equal(mediaAsked(setting), before);
});

test('a photo that finds no room takes that of sounds', async () => {
  const name = 'media-photo';
  const setting = await enrolled(name, richServerWith(LIST, new FakeCentral(), [FIRST.repeat(200)]));
  await until(() => setting.app.media.value.size === 2);
  const interview = await begun(setting.app, 'rich');
  const node = interview.form.find('/data/photo');
  assert.ok(node);
  const { storage } = setting.phone.environment;
  storage.room = async () => ({ used: 0, free: KEPT_FOR_TEXT_BYTES + ((await stored(name)).length === 0 ? 1_000 : 0) });
  const photo = { content: new ArrayBuffer(1_000), type: 'image/jpeg', givenName: '' };
  assert.equal(await interview.attach(node, Promise.resolve(photo)), 'attached');
  assert.deepEqual(await stored(name), []);
});
