import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { AnswersError, UsageError } from './errors.ts';
import { begin, type Form, resume } from './form.ts';
import { absolute, at, formOf, logicOf, number, packOf, relative, type Sketch } from './testing/forms.ts';

const COUNT_SHOPS: Sketch[] = [
  { path: '/data/open' },
  { path: '/data/shop', kind: 'repeat', initial: 1 },
  { path: '/data/shop/price' },
  {
    path: '/data/shop/double',
    calculate: ['*', relative('../price'), number(2)],
    uses: [['/data/shop/price', '/data/shop']],
  },
  { path: '/data/shop/place', calculate: ['call', 'position', relative('..')], uses: [['/data/shop', '/data/shop']] },
  {
    path: '/data/total',
    calculate: ['call', 'sum', absolute('/data/shop/double')],
    uses: [['/data/shop/double', '/data']],
  },
  { path: '/data/shops', calculate: ['call', 'count', absolute('/data/shop')], uses: [['/data/shop', '/data']] },
];

function shops(...prices: string[]): Form {
  const form = formOf(COUNT_SHOPS);
  const repeat = at(form, '/data/shop').definition;
  prices.forEach((price, index) => {
    if (index > 0) form.addRepeat(form.root, repeat);
    form.answer(at(form, `/data/shop[${index + 1}]/price`), price);
  });
  return form;
}

function values(form: Form, ...paths: string[]): string[] {
  return paths.map((path) => at(form, path).value);
}

test('an answer reaches what depends on it, in its own instance and outside', () => {
  const form = shops('3', '4');
  assert.deepEqual(values(form, '/data/shop[1]/double', '/data/shop[2]/double', '/data/total'), ['6', '8', '14']);
});

test('removing an instance moves those behind it up and leaves the totals right', () => {
  const form = shops('1', '2', '3');
  form.removeRepeat(at(form, '/data/shop[2]'));
  assert.deepEqual(values(form, '/data/shop[2]/price', '/data/shop[2]/place', '/data/total', '/data/shops'), [
    '3',
    '2',
    '8',
    '2',
  ]);
});

test('a removed instance comes back with its answers, where it was, once', () => {
  const form = shops('1', '2', '3');
  const before = form.draftJson();
  const removed = form.removeRepeat(at(form, '/data/shop[2]'));
  removed.restore();
  removed.restore();
  assert.equal(form.draftJson(), before);
  assert.equal(at(form, '/data/shop[3]/place').value, '3');
});

test('the only instance can go and come back', () => {
  const form = shops('5');
  const removed = form.removeRepeat(at(form, '/data/shop'));
  assert.deepEqual(values(form, '/data/total', '/data/shops'), ['0', '0']);
  removed.restore();
  assert.deepEqual(values(form, '/data/total', '/data/shops'), ['10', '1']);
});

test('a chain of 2,000 calculations is right from end to end', () => {
  const links = Array.from({ length: 2000 }, (_, index): Sketch => {
    const before = index === 0 ? '/data/head' : `/data/c${index - 1}`;
    return { path: `/data/c${index}`, calculate: ['+', absolute(before), number(1)], uses: [[before, '/data']] };
  });
  const form = formOf([{ path: '/data/head' }, ...links]);
  form.answer(at(form, '/data/head'), '5');
  assert.equal(at(form, '/data/c1999').value, '2005');
});

test('a change that changes nothing is not passed on', () => {
  const form = formOf([
    { path: '/data/age' },
    { path: '/data/adult', calculate: ['>=', absolute('/data/age'), number(18)], uses: [['/data/age', '/data']] },
    { path: '/data/echo', calculate: absolute('/data/adult'), uses: [['/data/adult', '/data']] },
  ]);
  form.answer(at(form, '/data/age'), '20');
  const told: string[][] = [];
  const stop = form.subscribe((changed) => told.push([...changed].map((node) => node.path)));
  form.answer(at(form, '/data/age'), '21');
  form.answer(at(form, '/data/age'), '21');
  stop();
  form.answer(at(form, '/data/age'), '3');
  assert.deepEqual(told, [['/data/age']]);
});

test('what is not relevant is invisible, keeps its text, and comes back with it', () => {
  const form = formOf([
    { path: '/data/has' },
    {
      path: '/data/dog',
      kind: 'group',
      relevant: ['=', absolute('/data/has'), ['str', 'yes']],
      uses: [['/data/has', '/data']],
    },
    { path: '/data/dog/name' },
    { path: '/data/seen', calculate: absolute('/data/dog/name'), uses: [['/data/dog/name', '/data']] },
  ]);
  form.answer(at(form, '/data/has'), 'yes');
  form.answer(at(form, '/data/dog/name'), 'Rex');
  form.answer(at(form, '/data/has'), 'no');
  assert.equal(at(form, '/data/seen').value, '');
  assert.equal(form.finalJson(), '{"has":"no"}');
  assert.equal(form.draftJson(), '{"has":"no","dog":{"name":"Rex"}}');
  form.answer(at(form, '/data/has'), 'yes');
  assert.equal(form.finalJson(), '{"has":"yes","dog":{"name":"Rex"},"seen":"Rex"}');
});

test('a running total down the instances is right after a change in the middle', () => {
  const before = ['path', '.', ['parent', 'node()'], ['preceding-sibling', 'row', number(1)], ['child', 'sum']];
  const form = formOf([
    { path: '/data/row', kind: 'repeat', initial: 4 },
    { path: '/data/row/x', value: '1' },
    {
      path: '/data/row/sum',
      calculate: ['+', relative('../x'), ['call', 'coalesce', before, number(0)]],
      uses: [
        ['/data/row/x', '/data/row'],
        ['/data/row/sum', '/data'],
      ],
    },
  ]);
  form.answer(at(form, '/data/row[2]/x'), '10');
  assert.deepEqual(values(form, '/data/row[1]/sum', '/data/row[2]/sum', '/data/row[4]/sum'), ['1', '11', '13']);
});

test('a draft resumes as it was, odd names, blank defaults and empty instances included', () => {
  const sketches: Sketch[] = [
    { path: '/data/__proto__' },
    { path: '/data/2', value: 'default' },
    { path: '/data/1' },
    { path: '/data/r', kind: 'repeat', initial: 1 },
    { path: '/data/r/x' },
  ];
  const form = formOf(sketches);
  form.answer(at(form, '/data/__proto__'), 'quo"te \u{1f44d}\n');
  form.answer(at(form, '/data/2'), '');
  form.answer(at(form, '/data/1'), 'x');
  form.addRepeat(form.root, at(form, '/data/r').definition);
  form.answer(at(form, '/data/r[2]/x'), 'second');
  const draft = form.draftJson();
  assert.equal(draft, '{"__proto__":"quo\\"te 👍\\n","1":"x","r":[{},{"x":"second"}]}');
  const again = resume(form.logic, draft, countingSurroundings());
  assert.equal(again.draftJson(), draft);
  assert.equal(at(again, '/data/2').value, '');
});

test('answers that are not of this form are refused, not lost', () => {
  const logic = logicOf([{ path: '/data/a' }]);
  for (const answers of ['{', '[]', '{"a":1}', '{"b":"x"}', '{"__proto__":{"a":"x"}}']) {
    assert.throws(() => resume(logic, answers, countingSurroundings()), AnswersError, answers);
  }
});

test('what the first instance of a repeat would be can be asked without adding it', () => {
  const form = formOf([
    { path: '/data/owner' },
    {
      path: '/data/r',
      kind: 'repeat',
      label: 'r',
      relevant: ['=', absolute('/data/owner'), ['str', 'Ana']],
      uses: [['/data/owner', '/data']],
    },
    { path: '/data/r/n', value: '1' },
  ]);
  const [, owner, repeat] = form.logic.nodes;
  assert.ok(owner && repeat);
  assert.equal(form.wouldBe(form.root, repeat).relevant, false);
  form.answer(at(form, '/data/owner'), 'Ana');
  const before = form.draftJson();
  const first = form.wouldBe(form.root, repeat);
  assert.equal(first.relevant, true);
  const pack = packOf('en', { r: { parts: ['Things of ', absolute('/data/owner')] } });
  assert.equal(form.text(first, 'label', pack)?.text, 'Things of Ana');
  assert.equal(form.draftJson(), before);
  assert.deepEqual(form.instances(form.root, repeat), []);
});

test('ids are set once: at the beginning, and in an instance that is added', () => {
  const set = [
    { event: 'first-load', value: ['call', 'uuid'] },
    { event: 'new-repeat', value: ['call', 'uuid'] },
  ];
  const logic = logicOf([
    { path: '/data/r', kind: 'repeat', initial: 1 },
    { path: '/data/r/id', set },
  ]);
  const form = begin(logic, countingSurroundings());
  const added = form.addRepeat(form.root, at(form, '/data/r').definition);
  const ids = [at(form, '/data/r[1]/id').value, added.children[0]?.value];
  assert.deepEqual(ids, ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']);
  const again = resume(logic, form.draftJson(), countingSurroundings());
  assert.equal(again.draftJson(), form.draftJson());
});

test('problems come in order of the form, the first wrong thing of each question', () => {
  const small = ['<', ['path', '.', ['self', 'node()']], number(10)];
  const form = formOf([
    { path: '/data/name', required: ['call', 'true'] },
    { path: '/data/age', type: 'int', constraint: small },
    { path: '/data/note', relevant: ['call', 'false'], required: ['call', 'true'] },
  ]);
  const codes = (): string[] => form.problems().map(({ path, code }) => `${path} ${code}`);
  assert.deepEqual(codes(), ['/data/name required']);
  form.answer(at(form, '/data/age'), 'ten');
  assert.deepEqual(codes(), ['/data/name required', '/data/age type']);
  form.answer(at(form, '/data/age'), '10');
  assert.deepEqual(codes(), ['/data/name required', '/data/age constraint']);
  form.answer(at(form, '/data/age'), '9');
  form.answer(at(form, '/data/name'), 'Ana');
  assert.deepEqual(codes(), []);
});

test('choices, labels and calculated words follow the language', () => {
  const lists = {
    kinds: {
      columns: ['name', 'itextId'],
      rows: [
        ['choir', 'k-0'],
        ['park', 'k-1'],
      ],
    },
  };
  const items = ['path', ['call', 'instance', ['str', 'kinds']], ['child', 'root'], ['child', 'item']];
  const form = formOf(
    [
      { path: '/data/kind', control: 'select1', label: 'q', choices: { nodes: items, value: 'name', text: 'itextId' } },
      {
        path: '/data/word',
        calculate: ['call', 'jr:choice-name', absolute('/data/kind'), ['str', ' /data/kind ']],
        uses: [['/data/kind', '/data']],
      },
    ],
    lists,
  );
  const kind = at(form, '/data/kind');
  const english = packOf('en', { q: { parts: ['Is ', absolute('/data/kind'), '?'] }, 'k-0': 'Choir', 'k-1': 'Park' });
  const bengali = packOf('bn', { q: { text: 'Kind?', lang: 'en' }, 'k-0': 'গানের দল', 'k-1': 'পার্ক' });
  form.useTexts(english);
  form.answer(kind, 'park');
  assert.deepEqual(form.text(kind, 'label', english), {
    text: 'Is park?',
    lang: 'en',
    parts: [
      { text: 'Is ', given: false },
      { text: 'park', given: true },
      { text: '?', given: false },
    ],
  });
  assert.equal(at(form, '/data/word').value, 'Park');
  form.useTexts(bengali);
  assert.equal(at(form, '/data/word').value, 'পার্ক');
  assert.deepEqual(form.text(kind, 'label', bengali), {
    text: 'Kind?',
    lang: 'en',
    parts: [{ text: 'Kind?', given: false }],
  });
  assert.deepEqual(form.choices(kind, bengali)[0]?.label.text, 'গানের দল');
  assert.equal(form.choices(kind, bengali)[0]?.value, 'choir');
  form.answer(kind, 'pool');
  assert.equal(kind.problem, 'choice');
});

test('a calculated answer cannot be typed over', () => {
  const form = formOf([{ path: '/data/sum', calculate: ['+', number(1), number(1)] }]);
  form.answer(at(form, '/data/sum'), '3');
  assert.equal(at(form, '/data/sum').value, '2');
  assert.equal(at(form, '/data/sum').readonly, true);
});

test('asking a node for what its kind cannot do is said, not ignored', () => {
  const form = shops('1');
  const shop = at(form, '/data/shop');
  assert.throws(() => form.answer(shop, 'x'), UsageError);
  assert.throws(() => form.addRepeat(shop, shop.definition), UsageError);
  assert.throws(() => form.removeRepeat(at(form, '/data/open')), UsageError);
});
