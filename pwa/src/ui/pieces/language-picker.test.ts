/** Choosing a language while questions are asked. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, until } from '../../app/testing/person.ts';
import { goodServer, SECRET } from '../../app/testing/phone.ts';
import { talking } from '../../app/testing/tongues.ts';
import { changeLanguage } from './language-picker.tsx';

test('a language whose words come late does not turn back who has chosen another one since', async () => {
  const talk = await talking('picker-late', goodServer());
  await talk.app.actions.enrol(SECRET);
  await talk.app.actions.syncNow();
  await until(() => talk.app.forms.value[0]?.languages.every(({ here }) => here) === true);
  talk.reachable = false;
  const app = await talk.restart();
  const interview = await begun(app);
  talk.reachable = true;
  let arrive = (): void => undefined;
  talk.line = new Promise((resolve) => {
    arrive = resolve;
  });
  const late = changeLanguage(app, interview, 'bn');
  await until(() => interview.pack.value.lang === 'bn');
  await changeLanguage(app, interview, 'en');
  arrive();
  assert.equal(await late, true);
  assert.deepEqual([interview.pack.value.lang, app.language.value.lang], ['en', 'en']);
});

test('a form whose words come late is not turned back either', async () => {
  const good = goodServer();
  const talk = await talking('picker-late-form', good);
  await talk.app.actions.enrol(SECRET);
  await until(() => talk.app.forms.value[0]?.readiness === 'here');
  const interview = await begun(talk.app);
  await interview.showLanguage('bn');
  const [late, wanted] = await Promise.all([
    changeLanguage(talk.app, interview, 'en'),
    changeLanguage(talk.app, interview, 'bn'),
  ]);
  assert.deepEqual([late, wanted, interview.pack.value.lang, talk.app.language.value.lang], [true, true, 'bn', 'bn']);
});
