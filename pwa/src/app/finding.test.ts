import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Day } from './day.ts';
import { answer, begun, enrolled, until } from './testing/person.ts';
import { listText, noNetwork, richServer } from './testing/phone.ts';

async function allFound(day: Day | undefined, query: string): Promise<readonly string[]> {
  assert.ok(day);
  const found = new Set(day.foundByName(query));
  for await (const more of day.findInAnswers(query)) for (const id of more) found.add(id);
  return [...found];
}

test('responses are found by what was typed in them, in any script and case, drafts too', async () => {
  const { app, answerWith } = await enrolled('finding');
  answerWith(noNetwork);
  const first = await begun(app);
  answer(first, '/data/asset_name', 'Café by the lake');
  answer(first, '/data/__proto__', 'সেলাই ক্লাব');
  await app.actions.finalise(first.responseId);
  const second = await begun(app);
  answer(second, '/data/__proto__', 'Choir on Tuesdays');
  await app.actions.closeInterview();
  await until(() => app.responses.value.length === 2);
  const day = await app.actions.day();
  assert.deepEqual(await allFound(day, 'cafe LAKE'), [first.responseId]);
  assert.deepEqual(await allFound(day, 'সেলাই'), [first.responseId]);
  assert.deepEqual(await allFound(day, 'choir'), [second.responseId]);
  assert.deepEqual(await allFound(day, 'swimming'), []);
});

test('nobody is found by answers about themselves', async () => {
  const { app, answerWith } = await enrolled('finding-equality', richServer(listText('park')));
  const interview = await begun(app, 'rich');
  answer(interview, '/data/place', 'park');
  answer(interview, '/data/equality/age', 'seventy-seven');
  await interview.saved();
  const day = await app.actions.day();
  assert.deepEqual(await allFound(day, 'seventy'), []);
  answerWith(noNetwork);
  await app.actions.finalise(interview.responseId);
  assert.deepEqual(await allFound(day, 'seventy'), []);
  assert.deepEqual(await allFound(day, 'park'), [interview.responseId]);
});
