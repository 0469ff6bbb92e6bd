import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { UsageError } from './errors.ts';
import { type Form, resume } from './form.ts';
import { GREATEST_COUNT } from './ripple.ts';
import { absolute, at, formOf, number, relative, type Sketch } from './testing/forms.ts';

const CHILDREN: Sketch[] = [
  { path: '/data/n' },
  { path: '/data/child', kind: 'repeat', initial: 3, count: absolute('/data/n'), uses: [['/data/n', '/data']] },
  { path: '/data/child/age', value: '1' },
  {
    path: '/data/child/id',
    set: [
      { event: 'first-load', value: ['call', 'uuid'] },
      { event: 'new-repeat', value: ['call', 'uuid'] },
    ],
  },
  {
    path: '/data/ages',
    calculate: ['call', 'sum', absolute('/data/child/age')],
    uses: [['/data/child/age', '/data']],
  },
  { path: '/data/children', calculate: ['call', 'count', absolute('/data/child')], uses: [['/data/child', '/data']] },
];

function childrenOf(form: Form): number {
  return form.root.children.filter(({ name }) => name === 'child').length;
}

test('a repeat has as many instances as its count says, whatever text that is', () => {
  const form = formOf(CHILDREN);
  const counts: [string, number][] = [
    ['2', 2],
    ['3.9', 3],
    ['', 0],
    ['-1', 0],
    ['many', 0],
    ['1', 1],
    [String(GREATEST_COUNT), GREATEST_COUNT],
    [String(GREATEST_COUNT + 1), GREATEST_COUNT],
    ['0', 0],
  ];
  for (const [text, count] of counts) {
    form.answer(at(form, '/data/n'), text);
    assert.equal(childrenOf(form), count, text);
    assert.deepEqual([at(form, '/data/ages').value, at(form, '/data/children').value], [`${count}`, `${count}`], text);
  }
});

test('the last ones go, the others keep their answers', () => {
  const form = formOf(CHILDREN);
  form.answer(at(form, '/data/n'), '3');
  form.answer(at(form, '/data/child[1]/age'), '10');
  form.answer(at(form, '/data/child[3]/age'), '30');
  form.answer(at(form, '/data/n'), '2');
  assert.equal(at(form, '/data/ages').value, '11');
  form.answer(at(form, '/data/n'), '3');
  assert.equal(at(form, '/data/ages').value, '12');
});

test('what a count adds is a new repeat: its ids are set once, and not again when it is resumed', () => {
  const form = formOf([...CHILDREN.slice(1), { path: '/data/n', value: '2' }]);
  const ids = [1, 2].map((position) => at(form, `/data/child[${position}]/id`).value);
  assert.deepEqual(ids, ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']);
  const draft = form.draftJson();
  assert.equal(resume(form.logic, draft, countingSurroundings()).draftJson(), draft);
});

test('a draft with more or fewer instances than its count is put right', () => {
  const form = formOf(CHILDREN);
  for (const draft of ['{"n":"1","child":[{"age":"5"},{"age":"6"}]}', '{"n":"1"}']) {
    assert.equal(childrenOf(resume(form.logic, draft, countingSurroundings())), 1, draft);
  }
});

test('nobody adds to a repeat with a count, or takes from it', () => {
  const form = formOf(CHILDREN);
  form.answer(at(form, '/data/n'), '1');
  const child = at(form, '/data/child');
  assert.throws(() => form.addRepeat(form.root, child.definition), UsageError);
  assert.throws(() => form.removeRepeat(child), UsageError);
  assert.equal(childrenOf(form), 1);
});

test('a count within a repeat is each instance own, and may hang on a count', () => {
  const form = formOf([
    { path: '/data/n' },
    { path: '/data/row', kind: 'repeat', count: absolute('/data/n'), uses: [['/data/n', '/data']] },
    { path: '/data/row/m', value: '2' },
    {
      path: '/data/row/cell',
      kind: 'repeat',
      count: relative('../m'),
      uses: [['/data/row/m', '/data/row']],
    },
    { path: '/data/row/cell/x', value: '1' },
    {
      path: '/data/row/sum',
      calculate: ['call', 'sum', relative('../cell/x')],
      uses: [['/data/row/cell/x', '/data/row']],
    },
    {
      path: '/data/total',
      calculate: ['call', 'sum', absolute('/data/row/sum')],
      uses: [['/data/row/sum', '/data']],
    },
  ]);
  form.answer(at(form, '/data/n'), '3');
  assert.equal(at(form, '/data/total').value, '6');
  form.answer(at(form, '/data/row[2]/m'), '5');
  assert.deepEqual([at(form, '/data/row[2]/sum').value, at(form, '/data/total').value], ['5', '9']);
  form.answer(at(form, '/data/n'), '1');
  assert.equal(at(form, '/data/total').value, '2');
});

test('a count may be calculated, and what hangs on its instances is told once', () => {
  const form = formOf([
    { path: '/data/a' },
    { path: '/data/n', calculate: ['*', absolute('/data/a'), number(2)], uses: [['/data/a', '/data']] },
    { path: '/data/r', kind: 'repeat', count: absolute('/data/n'), uses: [['/data/n', '/data']] },
    { path: '/data/r/x', calculate: ['call', 'position', relative('..')], uses: [['/data/r', '/data/r']] },
    { path: '/data/last', calculate: ['call', 'max', absolute('/data/r/x')], uses: [['/data/r/x', '/data']] },
  ]);
  let told = 0;
  form.subscribe(() => {
    told += 1;
  });
  form.answer(at(form, '/data/a'), '4');
  assert.deepEqual([at(form, '/data/last').value, told], ['8', 1]);
});

test('adding the hundredth instance does as little as adding the second', () => {
  const questions = Array.from({ length: 10 }, (_, index): Sketch => ({ path: `/data/r/q${index}` }));
  const form = formOf([{ path: '/data/r', kind: 'repeat', initial: 1 }, ...questions]);
  const sizes: number[] = [];
  form.subscribe((changed) => {
    sizes.push(changed.size);
  });
  const repeat = at(form, '/data/r').definition;
  for (let instance = 2; instance <= 100; instance += 1) form.addRepeat(form.root, repeat);
  assert.deepEqual([...new Set(sizes)], [12]);
});
