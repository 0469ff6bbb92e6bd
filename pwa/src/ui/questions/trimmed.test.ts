import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, begun, enrolled, openInterview, until, value } from '../../app/testing/person.ts';
import { parseLogic } from '../../formlogic/definition.ts';
import { begin, type Form, type InstanceNode } from '../../formlogic/form.ts';
import { trimTyped } from './trimmed.ts';

const WORDS = { kind: 'leaf', type: 'string', control: 'input' };

const LOGIC = {
  format: 1,
  form: { id: 'places', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'group', kind: 'group', parent: 0 },
    { ...WORDS, name: 'name', parent: 1 },
    { ...WORDS, name: 'blank', parent: 1 },
    { name: 'chosen', kind: 'leaf', parent: 0, type: 'string', control: 'select' },
    { ...WORDS, name: 'before', parent: 0 },
    { ...WORDS, name: 'hidden', parent: 0, relevant: ['call', 'false'] },
    { ...WORDS, name: 'fixed', parent: 0, readonly: ['call', 'true'] },
    { ...WORDS, name: 'reckoned', parent: 0, calculate: ['str', ' as reckoned '] },
  ],
  lists: {},
  order: [
    [6, 'relevant'],
    [8, 'calculate'],
  ],
};

/** With answers at these paths; `answered`: those given since it was opened. */
function opened(given: Readonly<Record<string, string>>, answered: readonly string[]) {
  const form = begin(parseLogic(LOGIC), { now: '2026-11-20T10:00:00.000+00:00', uuid: () => 'u', random: () => 0 });
  for (const [path, text] of Object.entries(given)) form.answer(at(form, path), text);
  const changed: string[] = [];
  const answer = (node: InstanceNode, text: string): void => {
    changed.push(node.name);
    form.answer(node, text);
  };
  return { form, changed, interview: { form, answered: new Set(answered.map((path) => at(form, path))), answer } };
}

function at(form: Form, path: string): InstanceNode {
  return form.find(path) ?? assert.fail(path);
}

test('words lose the spaces at their ends and none between, and what was only spaces is blank', () => {
  const given = { '/data/group/name': ' Bow  Choir\n', '/data/group/blank': '  ', '/data/chosen': 'a  b ' };
  const { form, changed, interview } = opened(given, Object.keys(given));
  trimTyped(interview);
  assert.deepEqual(
    Object.keys(given).map((path) => form.find(path)?.value),
    ['Bow  Choir', '', 'a  b '],
  );
  assert.deepEqual(changed, ['name', 'blank']);
});

test('what was answered before, and what is hidden, fixed or reckoned now, stays as it is', () => {
  const given = { '/data/before': 'long ago ', '/data/hidden': 'asked no more ', '/data/fixed': 'fixed ' };
  const { form, changed, interview } = opened(given, ['/data/hidden', '/data/fixed', '/data/reckoned']);
  trimTyped(interview);
  assert.deepEqual(changed, []);
  assert.deepEqual(
    Object.keys(given).map((path) => form.find(path)?.value),
    ['long ago ', 'asked no more ', 'fixed '],
  );
  assert.equal(form.find('/data/reckoned')?.value, ' as reckoned ');
});

test('a correction that was only looked at is none; in one that was begun, what was not typed now stays', async () => {
  const { app } = await enrolled('trimmed-correction');
  const interview = await begun(app);
  answer(interview, '/data/asset_name', 'a park ');
  answer(interview, '/data/__proto__', 'typed');
  await app.actions.finalise(interview.responseId);
  await until(() => app.responses.value[0]?.state === 'held');
  const day = await app.actions.day();
  await day?.correct(interview.responseId);
  trimTyped(openInterview(app));
  await app.actions.closeInterview();
  assert.equal(app.responses.value[0]?.state, 'held', 'it is let go');
  await day?.correct(interview.responseId);
  answer(openInterview(app), '/data/__proto__', 'typed now ');
  trimTyped(openInterview(app));
  assert.deepEqual(
    ['/data/asset_name', '/data/__proto__'].map((path) => value(openInterview(app), path)),
    ['a park ', 'typed now'],
  );
});
