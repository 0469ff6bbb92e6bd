import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { parseLogic } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { begin, resume } from './form.ts';
import { absolute, at, formOf, logicOf, packOf } from './testing/forms.ts';

const ITEMS = ['path', ['call', 'instance', ['str', 'l']], ['child', 'root'], ['child', 'item']];
const LIST = { l: { columns: ['name', 'text'], rows: ['a', 'b', 'c'].map((name) => [name, `t-${name}`]) } };
const CHOICES = { nodes: ITEMS, value: 'name', text: 'text' };

test('a number off the range or between its steps is a problem, reckoned in decimals', () => {
  const ranges: [object, string, string[], string[]][] = [
    [{ start: '1', end: '10', step: '2' }, 'int', ['1', '9', ''], ['0', '2', '10', '11', '-1']],
    [{ start: '0', end: '1', step: '0.1' }, 'decimal', ['0', '.3', '0.30', '1.'], ['0.35', '1.1', '-.1']],
    [{ start: '5', end: '-5', step: '-2.5' }, 'decimal', ['5', '2.5', '-5.0'], ['5.5', '1', '-7.5']],
  ];
  for (const [range, type, right, wrong] of ranges) {
    const form = formOf([{ path: '/data/g', control: 'range', type, range }]);
    const problemOf = (text: string): unknown => {
      form.answer(at(form, '/data/g'), text);
      return at(form, '/data/g').problem;
    };
    for (const text of right) assert.equal(problemOf(text), undefined, text);
    for (const text of wrong) assert.equal(problemOf(text), 'constraint', text);
    assert.equal(problemOf('x'), 'type');
  }
});

test('a range without numbers, or without a step, is refused with its place', () => {
  for (const [key, value] of [
    ['start', 'one'],
    ['step', '0'],
    ['step', '0.00'],
  ] as const) {
    const range = { start: '1', end: '2', step: '1', [key]: value };
    const isAtPlace = (error: unknown): boolean => error instanceof DefinitionError && error.place.endsWith(key);
    assert.throws(() => logicOf([{ path: '/data/g', range }]), isAtPlace, value);
  }
});

test('a ranking is of all that is offered, each once', () => {
  const form = formOf([{ path: '/data/r', control: 'rank', type: 'odk:rank', choices: CHOICES }], LIST);
  const rank = at(form, '/data/r');
  for (const [text, problem] of [
    ['b c a', undefined],
    ['', undefined],
    ['b c', 'choice'],
    ['b c a a', 'choice'],
    ['a a b', 'choice'],
    ['a b d', 'choice'],
  ] as const) {
    form.answer(rank, text);
    assert.equal(rank.problem, problem, text);
  }
});

test('guidance is a text of its own, and the files of a text come with their hashes', () => {
  const choices = { control: 'select1', choices: CHOICES };
  const form = formOf([{ path: '/data/q', label: 'q', hint: 'h', guidance: 'h:guidance', ...choices }], LIST);
  const pack = packOf('en', {
    q: { text: '', image: 'pic.png', audio: 'say.mp3' },
    'h:guidance': 'Ask slowly.',
    't-a': { text: 'A', video: '__proto__' },
  });
  const withMedia = { ...pack, media: new Map([['pic.png', 'abc']]) };
  const question = at(form, '/data/q');
  assert.equal(form.text(question, 'guidance', withMedia)?.text, 'Ask slowly.');
  assert.deepEqual(form.text(question, 'label', withMedia)?.media, {
    image: { name: 'pic.png', sha256: 'abc' },
    audio: { name: 'say.mp3', sha256: undefined },
  });
  const [first, second] = form.choices(question, withMedia);
  assert.equal(first?.label.media?.video?.name, '__proto__');
  assert.deepEqual([second?.label.text, second?.label.media], ['', undefined]);
});

test('metadata is put in as a response begins, its end as it is finished, and neither when it is resumed', () => {
  const preloads = ['start', 'end', 'today', 'deviceid', 'username', 'email', 'phonenumber', 'simserial'];
  const logic = logicOf(preloads.map((preload) => ({ path: `/data/${preload}`, preload })));
  const around = { ...countingSurroundings(), now: '2026-11-20T23:30:00.000+06:00', phoneNumber: '' };
  const form = begin(logic, around);
  const begun =
    '"start":"2026-11-20T23:30:00.000+06:00","today":"2026-11-20","deviceid":"device-1","username":"Ana","email":"ana@example.org"';
  assert.equal(form.draftJson(), `{${begun}}`);
  const again = resume(logic, form.draftJson(), { ...around, now: '2026-11-21T08:00:00.000+06:00' });
  assert.equal(again.draftJson(), `{${begun}}`);
  again.finish();
  assert.equal(at(again, '/data/end').value, '2026-11-21T08:00:00.000+06:00');
  assert.equal(at(again, '/data/start').value, around.now);
});

test('a value set at the beginning can read metadata and calculations', () => {
  const both = ['call', 'concat', absolute('/data/id'), absolute('/data/word')];
  const form = formOf([
    { path: '/data/both', set: [{ event: 'first-load', value: both }] },
    { path: '/data/id', preload: 'uid' },
    { path: '/data/word', calculate: absolute('/data/id'), uses: [['/data/id', '/data']] },
  ]);
  const id = 'uuid:00000000-0000-4000-8000-000000000001';
  assert.equal(at(form, '/data/both').value, id + id);
});

test('a question that wants the position at the start says so until it has it', () => {
  const form = formOf([
    { path: '/data/where', type: 'geopoint', set: [{ event: 'first-load', position: true }] },
    { path: '/data/other', type: 'geopoint' },
  ]);
  assert.deepEqual(
    form.positionsToAsk().map(({ path }) => path),
    ['/data/where'],
  );
  form.answer(at(form, '/data/where'), '51.5 -0.02 0 5');
  assert.deepEqual(form.positionsToAsk(), []);
});

test('a calculation goes before a set value, and a set value that is no number is blank', () => {
  const set = [{ event: 'first-load', value: ['call', 'number', ['str', 'x']] }];
  const form = formOf([
    { path: '/data/a', set, calculate: ['str', 'mine'] },
    { path: '/data/b', set, value: 'was' },
  ]);
  assert.equal(form.draftJson(), '{"a":"mine"}');
});

test('the equality block and the contact travel apart from all else', () => {
  const form = formOf([
    { path: '/data/place' },
    { path: '/data/equality', kind: 'group' },
    { path: '/data/equality/age' },
    { path: '/data/contact', kind: 'group', relevant: ['=', absolute('/data/place'), ['str', 'x']] },
    { path: '/data/contact/phone', value: '1' },
  ]);
  assert.deepEqual([...form.finalParts()], [['main', '{}']]);
  form.answer(at(form, '/data/place'), 'Bow');
  form.answer(at(form, '/data/equality/age'), '30');
  assert.deepEqual(
    [...form.finalParts()],
    [
      ['main', '{"place":"Bow"}'],
      ['equality', '{"equality":{"age":"30"}}'],
    ],
  );
});

test('a preload that no browser knows of is left blank instead of refusing the form', () => {
  const node = { name: 'a', kind: 'leaf', parent: 0, preload: 'subscriberid' };
  const root = { name: 'data', kind: 'group' };
  const logic = parseLogic({ format: 1, form: { id: 'a', version: '1' }, nodes: [root, node], order: [] });
  assert.equal(begin(logic, countingSurroundings()).draftJson(), '{}');
});
