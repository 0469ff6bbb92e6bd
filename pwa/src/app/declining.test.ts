import assert from 'node:assert/strict';
import test from 'node:test';
import { parseLogic } from '../formlogic/definition.ts';
import { begin, type Form, type InstanceNode } from '../formlogic/form.ts';
import { isDeclined, isSkipped } from './declining.ts';
import { pagesOf } from './pages.ts';

const AGREED = ['=', ['path', '/', ['child', 'data'], ['child', 'agree']], ['str', 'yes']];
const WILLING = ['=', ['path', '/', ['child', 'data'], ['child', 'equality'], ['child', 'willing']], ['str', 'yes']];
const DECLINED = ['=', ['path', '/', ['child', 'data'], ['child', 'agree']], ['str', 'no']];

/** 1 agree · 2 thanks, a note after a no · 3 what, after a yes · 4 equality, after a yes: 5 willing, 6 age. */
const POSTER = {
  format: 1,
  form: { id: 'poster', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'agree', parent: 0, kind: 'leaf', control: 'input' },
    { name: 'thanks', parent: 0, kind: 'leaf', control: 'note', relevant: DECLINED, uses: { relevant: [[1, 0]] } },
    { name: 'what', parent: 0, kind: 'leaf', control: 'input', relevant: AGREED, uses: { relevant: [[1, 0]] } },
    { name: 'equality', parent: 0, kind: 'group', relevant: AGREED, uses: { relevant: [[1, 0]] } },
    { name: 'willing', parent: 4, kind: 'leaf', control: 'input' },
    { name: 'age', parent: 4, kind: 'leaf', control: 'input', relevant: WILLING, uses: { relevant: [[5, 0]] } },
  ],
  lists: {},
  order: [
    [2, 'relevant'],
    [3, 'relevant'],
    [4, 'relevant'],
    [6, 'relevant'],
  ],
};

/** The twin of this rule is tested with the built-in form in tests/server/test_resident_endings.py. */
test('a form is declined where it asks others more after the first page, and closes with notes only', () => {
  const form = begun(POSTER);
  assert.equal(isDeclined(form, pagesOf(form)), false);
  form.answer(node(form, '/data/agree'), 'no');
  assert.equal(isDeclined(form, pagesOf(form)), true);
  form.answer(node(form, '/data/agree'), 'yes');
  assert.equal(isDeclined(form, pagesOf(form)), false);
});

test('a form that asks all it has on its first page is not declined by closing with a note', () => {
  const [data, agree, thanks] = POSTER.nodes;
  const form = begun({ ...POSTER, nodes: [data, agree, thanks], order: [[2, 'relevant']] });
  form.answer(node(form, '/data/agree'), 'no');
  assert.equal(pagesOf(form).length, 2);
  assert.equal(isDeclined(form, pagesOf(form)), false);
});

test('equality questions are left out by a no to the first of them, and not by an empty answer to the others', () => {
  const form = begun(POSTER);
  form.answer(node(form, '/data/agree'), 'yes');
  assert.equal(isSkipped(form, pagesOf(form)), true);
  form.answer(node(form, '/data/equality/willing'), 'yes');
  assert.equal(isSkipped(form, pagesOf(form)), false);
});

function begun(logic: unknown): Form {
  return begin(parseLogic(logic), { now: '2026-11-20T10:00:00.000Z', uuid: () => 'u', random: () => 0 });
}

function node(form: Form, path: string): InstanceNode {
  const found = form.find(path);
  assert.ok(found, `there is no node at ${path}`);
  return found;
}
