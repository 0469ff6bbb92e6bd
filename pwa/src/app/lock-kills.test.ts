/** The power goes at any step of setting a PIN, turning it off, handing over: what was saved is there, and what was left is gone on with. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PowerCut } from '../store/testing/power-cut.ts';
import type { App } from './app.ts';
import { answer, begun, enrolled, openInterview, type Setting, value } from './testing/person.ts';
import { listText, noNetwork, richServer } from './testing/phone.ts';
import { diskText, PIN, peopleOf, untilAsync, withPin } from './testing/workers.ts';

const WORDS = ['Sphinxchoir 1', 'Sphinxchoir 2', 'Sphinxchoir 3'];
/** More changes than any of it makes. */
const MOST_CHANGES = 80;

test('killed at any change while a PIN is set, everything is there, and is sealed after the next unlock', async () => {
  await atEveryChange('kill-on', async (setting, cut) => {
    const people = await peopleOf(setting.app);
    const { confirm } = await people.setPin(PIN);
    cut.begin();
    await confirm();
    // What is sealed behind the scenes comes to its end, or the power is gone.
    await untilAsync(async () => cut.happened() || !(await diskText(cut.name)).includes('Sphinxchoir'));
  });
});

test('killed at any change while a PIN is turned off, everything is there', async () => {
  await atEveryChange('kill-off', async (setting, cut) => {
    const { people } = await withPin(setting.app);
    await untilAsync(async () => !(await diskText(cut.name)).includes('Sphinxchoir'));
    cut.begin();
    await people.removePin(PIN);
  });
});

interface Cut {
  readonly name: string;
  begin(): void;
  happened(): boolean;
}

/** Once for each change that `act` makes of the disk, which is then its last. */
async function atEveryChange(name: string, act: (setting: Setting, cut: Cut) => Promise<void>): Promise<void> {
  for (let changes = 0; changes < MOST_CHANGES; changes += 1) {
    const databaseName = `${name}-${changes}`;
    const setting = await enrolled(databaseName, richServer(listText('park')));
    setting.answerWith(noNetwork);
    await filledIn(setting.app);
    let power: PowerCut | undefined;
    const cut = {
      name: databaseName,
      begin() {
        power = new PowerCut(changes);
      },
      happened: () => power?.happened === true,
    };
    await act(setting, cut);
    power?.repair();
    await assertAllThere(setting, databaseName);
    if (!cut.happened()) return assert.ok(changes > 3, 'it was cut at several changes');
  }
  assert.fail('it goes on changing the disk');
}

/** Two drafts, the first with a photo, and one that is finished with its photo. */
async function filledIn(app: App): Promise<void> {
  for (const [place, word] of WORDS.entries()) {
    const interview = await begun(app, 'rich');
    answer(interview, '/data/equality/age', word);
    const photo = interview.form.find('/data/photo');
    assert.ok(photo);
    const content = new TextEncoder().encode(`Sphinxchoir photo ${place}`).buffer;
    if (place !== 1)
      await interview.attach(photo, Promise.resolve({ content, type: 'image/jpeg', givenName: 'Sphinxchoir.jpg' }));
    assert.ok(await interview.saved());
    if (place === 2) assert.equal((await app.actions.finalise(interview.responseId)).kind, 'finalised');
    else await app.actions.closeInterview();
  }
}

async function assertAllThere(setting: Setting, databaseName: string): Promise<void> {
  const app = await setting.restart();
  const people = await peopleOf(app);
  const locked = app.lock.value.kind === 'locked';
  setting.phone.turnClock(400_000);
  if (locked) assert.equal((await people.unlock(people.list[0]?.id ?? '', PIN)).kind, 'open');
  assert.equal(app.responses.value.length, WORDS.length);
  if (locked) await untilAsync(async () => !(await diskText(databaseName)).includes('Sphinxchoir'));
  const found: (string | undefined)[] = [];
  for (const { id } of app.responses.value.filter(({ state }) => state === 'draft')) {
    assert.equal(await app.actions.openDraft(id), 'open');
    const interview = openInterview(app);
    found.push(value(interview, '/data/equality/age'));
    await assertPhoto(interview, value(interview, '/data/photo') ?? '');
  }
  await app.actions.closeInterview();
  assert.deepEqual(found.sort(), WORDS.slice(0, 2));
  const done = app.responses.value.find(({ state }) => state === 'finalised');
  const read = await app.actions.readResponse(done?.id ?? '');
  assert.equal(read.kind, 'read');
  if (read.kind !== 'read') return;
  assert.equal(read.response.form.find('/data/equality/age')?.value, WORDS[2]);
  await assertPhoto(read.response, read.response.form.find('/data/photo')?.value ?? '');
}

async function assertPhoto(
  from: { readFile(name: string): Promise<{ readonly kind: string; readonly file?: { readonly givenName: string } }> },
  name: string,
): Promise<void> {
  if (name === '') return;
  const found = await from.readFile(name);
  assert.deepEqual([found.kind, found.file?.givenName], ['here', 'Sphinxchoir.jpg']);
}
