/** Which language is spoken, and where its words come from. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Connection } from '../store/connection.ts';
import { answer, begun, until } from './testing/person.ts';
import { type Answerer, goodServer, noNetwork, SECRET } from './testing/phone.ts';
import { addedWords, serverWith, type Talk, talking } from './testing/tongues.ts';

test('a language whose words cannot be had leaves the one before, says so, and comes when the network does', async () => {
  const talk = await talking('tongue-awaited', goodServer());
  const { app, phone } = talk;
  assert.equal(app.words.t('Save'), 'রাখুন');
  talk.reachable = false;
  await app.actions.setLanguage('ar');
  assert.deepEqual([app.language.value.lang, app.words.t('Save'), phone.page.lang], ['bn', 'রাখুন', 'bn']);
  assert.equal(app.awaited.value?.lang, 'ar');
  phone.runTimers();
  talk.reachable = true;
  phone.wake('online');
  await until(() => app.language.value.lang === 'ar');
  assert.deepEqual([app.awaited.value, app.words.t('Save'), phone.page.lang], [undefined, 'احفظ', 'ar']);
});

test('what was chosen is remembered even while its words are awaited', async () => {
  const talk = await talking('tongue-remembered', goodServer());
  talk.reachable = false;
  await talk.app.actions.setLanguage('ar');
  talk.reachable = true;
  assert.equal((await talk.restart()).language.value.lang, 'ar');
});

test('back to a language that is here, nothing is awaited any more', async () => {
  const talk = await talking('tongue-back', goodServer());
  talk.reachable = false;
  await talk.app.actions.setLanguage('ar');
  await talk.app.actions.setLanguage('en');
  assert.deepEqual([talk.app.awaited.value, talk.app.language.value.lang], [undefined, 'en']);
});

test('a language that the team has added is offered, spoken, and there without a network', async () => {
  const added = addedWords('qfw', { Save: 'Savu', 'Hello {n}': 'Halo {n}' }, { formats_like: 'de', direction: 'rtl' });
  const talk = await talking('tongue-added', serverWith(added));
  const { app, phone } = talk;
  assert.equal(await app.actions.enrol(SECRET), 'enrolled');
  await until(() => app.languages.some(({ lang }) => lang === 'qfw'));
  assert.deepEqual(
    app.languages.map(({ autonym }) => autonym),
    ['English', 'العربية', 'বাংলা', '(qfw)'],
  );
  await app.actions.syncNow();
  await until(() => phone.requests.some(({ path }) => path.startsWith('/forms/v1/words/')));
  await app.actions.setLanguage('qfw');
  assert.deepEqual([app.words.t('Save'), app.words.draft(), app.language.value.direction], ['Savu', false, 'rtl']);
  assert.equal(app.words.t('Hello {n}', { n: 1234.5 }), 'Halo 1.234,5');
  talk.network = noNetwork;
  const again = await talk.restart();
  assert.deepEqual([again.language.value.lang, again.words.t('Save'), again.awaited.value], ['qfw', 'Savu', undefined]);
});

test('words that the team has put right stand before those of the build, and the rest stays', async () => {
  const added = addedWords('bn', { Save: 'সংরক্ষণ' }, { state: 'draft', autonym: 'বাংলা (টাওয়ার)' });
  const talk = await talking('tongue-mended', serverWith(added));
  const { app } = talk;
  await app.actions.enrol(SECRET);
  await until(() => app.words.t('Save') === 'সংরক্ষণ');
  assert.deepEqual([app.words.t('Stop'), app.words.draft(), app.language.value.autonym], ['থামুন', true, 'বাংলা (টাওয়ার)']);
});

test('a browser that wants no language that is here is spoken to in English', async () => {
  const talk = await talking('tongue-english', goodServer());
  await talk.app.actions.setLanguage('pl');
  assert.equal((await talk.restart()).language.value.lang, 'bn', 'the next best is what the browser wishes');
});

test('words that were made ready are spoken the moment an interview opens in them', async () => {
  const talk = await talking('tongue-ready', goodServer());
  const { app } = talk;
  await app.actions.enrol(SECRET);
  await until(() => app.forms.value[0]?.readiness === 'here');
  await app.actions.setLanguage('en');
  talk.reachable = false;
  assert.equal(await app.actions.prepareWords('ar'), false);
  assert.equal(await app.actions.prepareWords('bn-BD'), true, 'it was here before');
  assert.equal(await app.actions.prepareWords('so'), true, 'nobody has words in it');
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'Choir');
  await interview.showLanguage('bn');
  await app.actions.closeInterview();
  assert.equal((await app.actions.openDraft(interview.responseId)) === 'open' && app.words.t('Save'), 'রাখুন');
});

/** A phone that speaks a language which only the team has. */
async function speakingMadeUp(name: string): Promise<Talk> {
  const talk = await talking(name, serverWith(addedWords('qfw', { Save: 'Savu' }, { direction: 'rtl' })));
  await talk.app.actions.enrol(SECRET);
  await until(() => talk.app.languages.some(({ lang }) => lang === 'qfw'));
  await talk.app.actions.setLanguage('qfw');
  await talk.app.actions.syncNow();
  assert.equal(talk.app.words.t('Save'), 'Savu');
  return talk;
}

/** The team has written new words, which do not arrive. */
async function loseWords(talk: Talk, said: string): Promise<Answerer> {
  const words = addedWords('qfw', { Save: said });
  const server = serverWith(words);
  const path = `/forms/v1/words/${words.entry.sha256}`;
  talk.network = (request) => (request.path === path ? noNetwork(request) : server(request));
  await talk.app.actions.syncNow();
  await until(() => talk.phone.requests.some((request) => request.path === path));
  return server;
}

test('newer words that were lost on the way leave those from before, and follow when they can be had', async () => {
  const talk = await speakingMadeUp('tongue-newer');
  const server = await loseWords(talk, 'Savu nu');
  assert.equal(talk.app.words.t('Save'), 'Savu');
  talk.network = noNetwork;
  const again = await talk.restart();
  assert.deepEqual([again.language.value.lang, again.words.t('Save'), again.awaited.value], ['qfw', 'Savu', undefined]);
  talk.network = server;
  await again.actions.syncNow();
  talk.phone.runTimers();
  await until(() => again.words.t('Save') === 'Savu nu');
});

test('words that were lost twice on the way still leave those from before', async () => {
  const talk = await speakingMadeUp('tongue-newest');
  await loseWords(talk, 'Savu nu');
  await loseWords(talk, 'Savu nove');
  talk.network = noNetwork;
  assert.equal((await talk.restart()).words.t('Save'), 'Savu');
});

test('a language that the team takes away while it is spoken gives way to what serves the person best', async () => {
  const talk = await speakingMadeUp('tongue-taken-away');
  talk.network = goodServer();
  await talk.app.actions.syncNow();
  await until(() => talk.app.language.value.lang === 'bn');
  assert.deepEqual([talk.app.words.t('Save'), talk.phone.page.lang, talk.app.awaited.value], ['রাখুন', 'bn', undefined]);
});

test('what an older page of ours has read of a manifest is no reason not to read it for words', async () => {
  const talk = await talking('tongue-older-page', goodServer());
  await talk.app.actions.enrol(SECRET);
  await talk.app.actions.syncNow();
  const older = new Connection({ usable: true, name: 'tongue-older-page' });
  await older.write(['settings'], (tx) => tx.store.delete('offered'));
  talk.network = serverWith(addedWords('qfw', { Save: 'Savu' }));
  await talk.app.actions.syncNow();
  await until(() => talk.app.languages.some(({ lang }) => lang === 'qfw'));
});
