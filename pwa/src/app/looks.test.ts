import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clearAnswers } from '../store/clearing.ts';
import { Connection } from '../store/connection.ts';
import { setUp } from './testing/person.ts';
import { noNetwork } from './testing/phone.ts';

test('colours and size are as the phone has them until a person chooses', async () => {
  const { app, phone } = await setUp('looks-untouched', noNetwork);
  assert.deepEqual(app.looks.value, { colours: 'system', large: false });
  assert.equal(phone.page.looks, undefined);
});

test('a choice is seen at once, and again after the next cold start', async () => {
  const { app, phone, restart } = await setUp('looks-kept', noNetwork);
  await app.actions.setLooks({ colours: 'contrast', large: true });
  assert.deepEqual(phone.page.looks, { colours: 'contrast', large: true });
  phone.page.looks = undefined;
  const later = await restart();
  assert.deepEqual(later.looks.value, { colours: 'contrast', large: true });
  assert.deepEqual(phone.page.looks, { colours: 'contrast', large: true });
  await later.actions.setLooks({ colours: 'system', large: false });
  assert.deepEqual((await restart()).looks.value, { colours: 'system', large: false });
});

test('on a borrowed phone the next person sees colours and size as the phone has them', async () => {
  const { app, restart } = await setUp('looks-borrowed', noNetwork);
  await app.actions.setLooks({ colours: 'contrast', large: true });
  await clearAnswers(new Connection({ usable: true, name: 'looks-borrowed' }), 'all');
  assert.deepEqual((await restart()).looks.value, { colours: 'system', large: false });
});
