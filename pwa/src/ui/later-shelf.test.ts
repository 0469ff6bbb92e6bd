import assert from 'node:assert/strict';
import test from 'node:test';
import { makeLaterShelf } from './later-shelf.ts';

test('what could not be fetched is fetched when it is asked for again', async () => {
  const answers = [() => Promise.reject(new TypeError('no network')), () => import('./later.ts')];
  const shelf = makeLaterShelf(() => (answers.shift() ?? assert.fail)());
  await shelf.fetch();
  assert.equal(shelf.state.value.kind, 'failed');
  await shelf.fetch();
  assert.equal(shelf.state.value.kind, 'here');
});

test('what is on its way or here is not fetched twice', async () => {
  let asked = 0;
  const shelf = makeLaterShelf(() => {
    asked += 1;
    return import('./later.ts');
  });
  await Promise.all([shelf.fetch(), shelf.fetch()]);
  await shelf.fetch();
  assert.equal(asked, 1);
});
