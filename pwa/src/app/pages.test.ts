import assert from 'node:assert/strict';
import test from 'node:test';
import { parseLogic } from '../formlogic/definition.ts';
import { begin, type Form, type InstanceNode } from '../formlogic/form.ts';
import {
  firstPageIn,
  type Page,
  pageAfter,
  pageAt,
  pageBefore,
  pageNear,
  pageOf,
  pagesOf,
  progressOf,
} from './pages.ts';

const AGREED = ['=', ['path', '/', ['child', 'data'], ['child', 'agree']], ['str', 'yes']];

/** 1 agree · 2 group: 3 note, 4 ties · 5 repeat things: 6 name, 7 repeat barriers: 8 code · 9 last · 10 calculated. */
const LOGIC = {
  format: 1,
  form: { id: 'pages', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'agree', parent: 0, kind: 'leaf', control: 'input' },
    {
      name: 'you',
      parent: 0,
      kind: 'group',
      control: 'group',
      appearance: 'field-list',
      relevant: AGREED,
      uses: { relevant: [[1, 0]] },
    },
    { name: 'note', parent: 2, kind: 'leaf', control: 'note' },
    { name: 'ties', parent: 2, kind: 'leaf', control: 'input' },
    { name: 'things', parent: 0, kind: 'repeat', control: 'repeat', initial: 1 },
    { name: 'name', parent: 5, kind: 'leaf', control: 'input' },
    { name: 'barriers', parent: 5, kind: 'repeat', control: 'repeat', initial: 0 },
    { name: 'code', parent: 7, kind: 'leaf', control: 'input' },
    { name: 'last', parent: 0, kind: 'leaf', control: 'input' },
    { name: 'hidden', parent: 0, kind: 'leaf' },
  ],
  lists: {},
  order: [[2, 'relevant']],
};

function begun(logic: unknown = LOGIC): Form {
  return begin(parseLogic(logic), { now: '2026-11-20T10:00:00.000Z', uuid: () => 'u', random: () => 0 });
}

function node(form: Form, path: string): InstanceNode {
  const found = form.find(path);
  assert.ok(found, `there is no node at ${path}`);
  return found;
}

function page(form: Form, address: string): Page {
  const found = pageAt(pagesOf(form), address);
  assert.ok(found, `there is no page ${address} among ${addresses(form).join(' ')}`);
  return found;
}

function addresses(form: Form): readonly string[] {
  return pagesOf(form).map(({ address }) => address);
}

function after(form: Form, address: string): string | undefined {
  return pageAfter(pagesOf(form), page(form, address))?.address;
}

function before(form: Form, address: string): string | undefined {
  return pageBefore(pagesOf(form), page(form, address))?.address;
}

/** Two things, the first with two barriers. */
function filled(): Form {
  const form = begun();
  form.answer(node(form, '/data/things[1]/name'), 'choir');
  const [, , , , , things, , barriers] = form.logic.nodes;
  assert.ok(things && barriers);
  form.addRepeat(node(form, '/data/things[1]'), barriers);
  form.addRepeat(node(form, '/data/things[1]'), barriers);
  form.addRepeat(form.root, things);
  return form;
}

test('a question that is not relevant has no page, and what nobody is asked has none', () => {
  assert.deepEqual(addresses(begun()), ['1', '5.1.6', '5.1.7', '5', '9']);
});

test('a field-list group is one page with the address of the group', () => {
  const form = begun();
  form.answer(node(form, '/data/agree'), 'yes');
  const together = page(form, '2');
  assert.equal(together.kind === 'questions' && together.nodes.length, 2);
  assert.equal(pageOf(pagesOf(form), node(form, '/data/you/ties'))?.address, '2');
});

test('a question is found on its page', () => {
  const form = filled();
  const pages = pagesOf(form);
  assert.equal(pageOf(pages, node(form, '/data/things[2]/name'))?.address, '5.2.6');
});

test('pages of instances stand before the list they are on', () => {
  assert.deepEqual(addresses(filled()), ['1', '5.1.6', '5.1.7.1.8', '5.1.7.2.8', '5.1.7', '5.2.6', '5.2.7', '5', '9']);
});

test('Continue on the last page of an instance leads to its list, not to the next instance', () => {
  const form = filled();
  assert.equal(after(form, '5.1.7.1.8'), '5.1.7');
  assert.equal(after(form, '5.1.7'), '5');
  assert.equal(after(form, '5.2.7'), '5');
});

test('Continue on a list leads past its repeat, and past the last page to the check', () => {
  const form = filled();
  assert.equal(after(form, '5'), '9');
  assert.equal(after(form, '9'), undefined);
});

test('Continue skips a list whose only instance is untouched, in favour of that instance', () => {
  assert.equal(after(begun(), '1'), '5.1.6');
  assert.equal(after(filled(), '1'), '5');
});

test('Back on the first page of an instance leads to its list, and from the first page of all out of the interview', () => {
  const form = filled();
  assert.equal(before(form, '5.2.6'), '5');
  assert.equal(before(form, '5.1.7.2.8'), '5.1.7');
  assert.equal(before(form, '5'), '1');
  assert.equal(before(form, '1'), undefined);
});

test('a repeat without instances keeps its list page, so that one can be added', () => {
  const form = begun();
  form.removeRepeat(node(form, '/data/things[1]'));
  const list = page(form, '5');
  assert.equal(list.kind === 'list' && list.instances.length, 0);
});

test('a repeat without instances has no list page while it is not relevant', () => {
  const nodes = LOGIC.nodes.map((definition) =>
    definition.name === 'things'
      ? { ...definition, initial: 0, relevant: AGREED, uses: { relevant: [[1, 0]] } }
      : definition,
  );
  const form = begun({ ...LOGIC, nodes, order: [...LOGIC.order, [5, 'relevant']] });
  assert.deepEqual(addresses(form), ['1', '9']);
  form.answer(node(form, '/data/agree'), 'yes');
  assert.deepEqual(addresses(form), ['1', '2', '5', '9']);
});

test('a repeat inside an instance is asked for by the answers of that instance', () => {
  const named = ['=', ['path', '.', ['parent', 'node()'], ['child', 'name']], ['str', 'choir']];
  const nodes = LOGIC.nodes.map((definition) =>
    definition.name === 'barriers' ? { ...definition, relevant: named, uses: { relevant: [[6, 5]] } } : definition,
  );
  const form = begun({ ...LOGIC, nodes, order: [...LOGIC.order, [7, 'relevant']] });
  assert.deepEqual(addresses(form), ['1', '5.1.6', '5', '9']);
  form.answer(node(form, '/data/things[1]/name'), 'choir');
  assert.deepEqual(addresses(form), ['1', '5.1.6', '5.1.7', '5', '9']);
});

test('the first page of an instance is found by the instance', () => {
  const form = filled();
  const list = page(form, '5');
  assert.equal(
    list.kind === 'list' && firstPageIn(pagesOf(form), list, node(form, '/data/things[2]'))?.address,
    '5.2.6',
  );
});

test('an address whose page has gone leads to the last page before its place', () => {
  const form = begun();
  assert.equal(pageNear(pagesOf(form), '2')?.address, '1');
  assert.equal(pageNear(pagesOf(form), '5.9.6')?.address, '5');
  assert.equal(pageNear(pagesOf(form), '')?.address, '1');
  assert.equal(pageNear(pagesOf(form), 'nonsense')?.address, '1');
});

test('progress grows along the way through the form', () => {
  const form = filled();
  const shares = ['1', '5.1.6', '5.1.7', '5', '9'].map((address) => progressOf(form, page(form, address)));
  assert.deepEqual(
    shares,
    [...shares].sort((one, other) => one - other),
  );
  assert.ok(shares.every((share) => share > 0 && share < 1));
});

/** 1 group equality: 2 age · 3 first · 4 group inner: 5 second. */
const WITH_EQUALITY = {
  format: 1,
  form: { id: 'parts', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'equality', parent: 0, kind: 'group', control: 'group' },
    { name: 'age', parent: 1, kind: 'leaf', control: 'input' },
    { name: 'first', parent: 0, kind: 'leaf', control: 'input' },
    { name: 'inner', parent: 0, kind: 'group', control: 'group' },
    { name: 'second', parent: 4, kind: 'leaf', control: 'input' },
  ],
  lists: {},
  order: [],
};

test('equality questions come after all others, wherever the form has them', () => {
  const form = begun(WITH_EQUALITY);
  assert.deepEqual(addresses(form), ['3', '5', '2']);
  assert.deepEqual(
    pagesOf(form).map(({ part }) => part),
    ['main', 'main', 'equality'],
  );
});

test('Continue and Back stay within a part: between the parts lies the check', () => {
  const form = begun(WITH_EQUALITY);
  assert.equal(after(form, '5'), undefined);
  assert.equal(before(form, '2'), undefined);
  assert.equal(before(form, '3'), undefined);
});
