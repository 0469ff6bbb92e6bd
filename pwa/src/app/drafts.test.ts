/** What becomes of a draft: left, named, begun before a second enrolment, open in two tabs. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { App } from './app.ts';
import { SHORT_TITLE_LENGTH } from './drafts.ts';
import { answer, begun, enrolled, until } from './testing/person.ts';
import { type Answerer, goodServer, noNetwork, richServer, SECRET } from './testing/phone.ts';

/** As the server given, but its enrolment link is of another neighbourhood. */
function inBow(server: Answerer): Answerer {
  return (request) => {
    const given = server(request);
    if (given.kind === 'lost' || request.path !== '/devices/v1/enrol') return given;
    return { ...given, body: given.body.replace('"old-ford"', '"bow"') };
  };
}

async function filledIn(app: App): Promise<string> {
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  return interview.responseId;
}

test('a second enrolment link does not refile an unfinished interview', async () => {
  const pushed: string[] = [];
  const { app, answerWith } = await enrolled('refile');
  const before = await filledIn(app);
  answerWith(inBow(goodServer(pushed)));
  await app.actions.closeInterview();
  assert.equal(await app.actions.enrol(SECRET), 'enrolled');
  await app.actions.openDraft(before);
  assert.deepEqual(await app.actions.finalise(before), { kind: 'finalised' });
  assert.deepEqual(await app.actions.finalise(await filledIn(app)), { kind: 'finalised' });
  await until(() => pushed.length === 2);
  assert.deepEqual(
    pushed.map((header) => JSON.parse(header).neighbourhood),
    ['old-ford', 'bow'],
  );
});

test('a draft without any answer of a person is dropped when it is left, also after a cold start', async () => {
  const { app, restart } = await enrolled('untouched');
  await begun(app);
  await app.actions.closeInterview();
  assert.deepEqual(app.responses.value, []);
  const { responseId } = await begun(app);
  const later = await restart();
  assert.equal(await later.actions.openDraft(responseId), 'open');
  await later.actions.closeInterview();
  assert.deepEqual((await restart()).responses.value, []);
});

test('where the phone is does not make a draft worth keeping; an answer that was taken back does', async () => {
  const { app } = await enrolled('touched', richServer('{"format":1,"columns":[],"rows":[]}'));
  answer(await begun(app, 'rich'), '/data/begun_at', '51.5 0 0 5');
  await app.actions.closeInterview();
  assert.deepEqual(app.responses.value, []);
  const interview = await begun(app, 'rich');
  answer(interview, '/data/equality/age', '40');
  answer(interview, '/data/equality/age', '');
  await app.actions.closeInterview();
  assert.equal(app.responses.value.length, 1);
});

test('a name that is too long is cut with an ellipsis, one that just fits is whole', async () => {
  const { app } = await enrolled('long-name');
  const interview = await begun(app);
  for (const [typed, shown] of [
    ['x'.repeat(SHORT_TITLE_LENGTH), 'x'.repeat(SHORT_TITLE_LENGTH)],
    ['👍'.repeat(SHORT_TITLE_LENGTH + 1), `${'👍'.repeat(SHORT_TITLE_LENGTH - 1)}…`],
  ] as const) {
    answer(interview, '/data/asset_name', typed);
    await interview.saved();
    await until(() => app.responses.value.length === 1);
    assert.equal(app.responses.value[0]?.shortTitle, shown);
  }
});

test('the app speaks as the interview that is opened, and as before once it is left', async () => {
  const { app, answerWith } = await enrolled('follow');
  answerWith(noNetwork);
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await interview.showLanguage('en');
  await app.actions.closeInterview();
  assert.equal(app.language.value.lang, 'bn');
  await app.actions.openDraft(interview.responseId);
  await until(() => app.language.value.lang === 'en');
  await app.actions.closeInterview();
  await until(() => app.language.value.lang === 'bn');
});
