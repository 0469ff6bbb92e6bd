import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computed } from '@preact/signals';
import { begun, enrolled } from '../../app/testing/person.ts';
import { problemText } from './problem-text.ts';

test('what is said beside a field is looked at again when the answer changes, also when the words were our own', async () => {
  const { app } = await enrolled('problem-text');
  const interview = await begun(app);
  const node = interview.form.find('/data/__proto__');
  assert.ok(node);
  const looks: (string | undefined)[] = [];
  const said = computed(() => {
    looks.push(node.problem);
    return problemText(app.words, interview, node).text;
  });
  assert.equal(said.value, 'Answer this question to go on.');
  for (const text of ['typed', '']) {
    interview.answer(node, text);
    assert.ok(said.value);
  }
  assert.deepEqual(looks, ['required', undefined, 'required']);
});
