import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { App } from '../../app/index.ts';
import { answer, begun, enrolled, until } from '../../app/testing/person.ts';
import { noNetwork } from '../../app/testing/phone.ts';
import { wayToInstall } from './install-card.tsx';

function page(navigator: object, isIcon = false) {
  return { navigator, matchMedia: () => ({ matches: isIcon }) };
}

const IPHONE = page({ standalone: false });

async function finish(app: App): Promise<void> {
  const interview = await begun(app);
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
}

test('on an iPhone it is offered when something is finished and nothing would stay behind', async () => {
  const { app, answerWith } = await enrolled('install-iphone');
  await app.actions.day();
  assert.equal(wayToInstall(app, IPHONE), undefined);
  await finish(app);
  await until(() => app.responses.value[0]?.state === 'held');
  assert.equal(wayToInstall(app, IPHONE), 'by hand');
  assert.equal(wayToInstall(app, page({ standalone: true }, true)), undefined);
  assert.equal(wayToInstall(app, page({})), undefined);
  const half = await begun(app);
  answer(half, '/data/asset_name', 'half a');
  await half.saved();
  assert.equal(wayToInstall(app, IPHONE), undefined);
  await app.actions.discardDraft(half.responseId);
  answerWith(noNetwork);
  await finish(app);
  await until(() => app.responses.value[0]?.state === 'finalised');
  assert.equal(wayToInstall(app, IPHONE), undefined);
});

test('whoever says “not now” is not asked again at once', async () => {
  const { app } = await enrolled('install-away');
  const day = await app.actions.day();
  await finish(app);
  await until(() => app.responses.value[0]?.state === 'held');
  await day?.putInstallAway();
  assert.equal(wayToInstall(app, IPHONE), undefined);
});
