import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { parseList } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { begin, type Form, resume } from './form.ts';
import { absolute, at, formOf, logicOf, packOf, type Sketch } from './testing/forms.ts';

const WORDS = packOf('en', {});
const PLACES = {
  format: 1,
  columns: ['name', 'title', 'district', 'size'],
  rows: [
    ['bow', 'Bow', 'east', '7'],
    ['mile', 'Mile End', 'east', '7.0'],
    ['soho', 'Soho', 'west', ''],
    ['true', 'Truro', '', 'x'],
  ],
};

function items(...predicates: unknown[]): readonly unknown[] {
  return ['path', ['call', 'instance', ['str', 'places']], ['child', 'root'], ['child', 'item', ...predicates]];
}

function column(name: string): readonly unknown[] {
  return ['path', '.', ['child', name]];
}

function placesForm(nodes: unknown, file = true): Form {
  const choices = { nodes, value: 'name', text: 'title', literal: true };
  const sketches: Sketch[] = [{ path: '/data/d' }, { path: '/data/p', control: 'select1', choices }];
  const lists = file ? { places: { file: 'places.csv' } } : { places: PLACES };
  return begin(logicOf(sketches, lists), countingSurroundings(), new Map([['places', parseList(PLACES)]]));
}

function offered(form: Form): string[] {
  return form.choices(at(form, '/data/p'), WORDS).map(({ value }) => value);
}

test('a list blob that is not one is refused with its place', () => {
  const wrong: [unknown, string][] = [
    [{ ...PLACES, format: 2 }, 'list'],
    [{ ...PLACES, columns: [1] }, 'list.columns'],
    [{ ...PLACES, rows: [['bow', 'Bow', 'east', '7'], ['short']] }, 'list.rows[1]'],
    [{ ...PLACES, rows: [['bow', 'Bow', 'east', 7]] }, 'list.rows[0]'],
  ];
  for (const [list, place] of wrong) {
    const isAtPlace = (error: unknown): boolean => error instanceof DefinitionError && error.place === place;
    assert.throws(() => parseList(list), isAtPlace, place);
  }
});

test('a list from a file offers its own words, which may be in any language', () => {
  const form = placesForm(items());
  const [first] = form.choices(at(form, '/data/p'), WORDS);
  assert.equal(first?.value, 'bow');
  assert.deepEqual(first?.label, { text: 'Bow', lang: 'en', parts: [{ text: 'Bow', given: true }] });
});

test('a cascade follows the answer above it, and what is no longer offered is a problem', () => {
  const form = placesForm(items(['=', column('district'), absolute('/data/d')]));
  const place = at(form, '/data/p');
  assert.deepEqual(offered(form), ['true']);
  form.answer(at(form, '/data/d'), 'east');
  form.answer(place, 'mile');
  assert.deepEqual([offered(form), place.problem], [['bow', 'mile'], undefined]);
  form.answer(at(form, '/data/d'), 'west');
  assert.deepEqual([offered(form), place.problem], [['soho'], 'choice']);
});

test('an index finds what trying each item finds', () => {
  const d = absolute('/data/d');
  const predicates = [
    ['=', column('district'), d],
    ['=', d, column('district')],
    ['=', column('size'), ['num', '7']],
    ['=', column('size'), ['call', 'number', d]],
    ['=', column('district'), ['call', 'true']],
    ['=', column('nowhere'), ['str', '']],
    ['=', column('name'), column('district')],
    ['=', column('name'), items()],
    ['=', column('district'), ['path', items(), ['child', 'district']]],
    ['=', column('name'), ['call', 'string', ['call', 'last']]],
    ['and', ['=', column('district'), d], ['!=', column('name'), ['str', 'bow']]],
    ['and', ['>', column('size'), ['num', '6']], ['=', column('district'), d]],
    ['and', ['=', column('district'), d], ['=', ['call', 'position'], ['num', '2']]],
  ];
  for (const predicate of predicates) {
    for (const answer of ['east', 'west', '', '7']) {
      const [indexed, tried] = [predicate, ['call', 'boolean', predicate]].map((one) => placesForm(items(one)));
      assert.ok(indexed && tried);
      for (const form of [indexed, tried]) form.answer(at(form, '/data/d'), answer);
      assert.deepEqual(offered(indexed), offered(tried), `${JSON.stringify(predicate)} with “${answer}”`);
    }
  }
});

test('a second predicate counts within what the first one left', () => {
  const form = placesForm(items(['=', column('district'), ['str', 'east']], ['num', '2']));
  assert.deepEqual(offered(form), ['mile']);
});

test('a list that is in the logic needs no file, and one that is not here is empty and finds no fault', () => {
  assert.deepEqual(offered(placesForm(items(), false)), ['bow', 'mile', 'soho', 'true']);
  const logic = placesForm(items()).logic;
  const without = resume(logic, '{"p":"bow"}', countingSurroundings());
  assert.deepEqual(offered(without), []);
  assert.equal(at(without, '/data/p').problem, undefined);
});

test('the same choices come as the same array, so that what was made of them can be kept', () => {
  const form = placesForm(items(['=', column('district'), absolute('/data/d')]));
  const choices = (): unknown => form.choices(at(form, '/data/p'), WORDS);
  const before = choices();
  assert.equal(choices(), before);
  form.answer(at(form, '/data/d'), 'east');
  assert.notEqual(choices(), before);
  form.answer(at(form, '/data/d'), '');
  assert.equal(choices(), before);
  assert.notEqual(form.choices(at(form, '/data/p'), packOf('bn', {})), before);
});

test('labels with an answer in them are made anew', () => {
  const choices = { nodes: items(), value: 'name', text: 'title' };
  const form = formOf([{ path: '/data/d' }, { path: '/data/p', control: 'select1', choices }], { places: PLACES });
  const pack = packOf('en', { Bow: { parts: ['Bow ', absolute('/data/d')] } });
  const label = (): string | undefined => form.choices(at(form, '/data/p'), pack)[0]?.label.text;
  assert.equal(label(), 'Bow ');
  form.answer(at(form, '/data/d'), 'east');
  assert.equal(label(), 'Bow east');
});

test('in a cascade over 30,000 rows only what is offered is looked at, once the column is known', () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => [`v${row}`, `Village ${row}`, `d${row % 300}`]);
  let looks = 0;
  const watched = rows.map((row) => new Proxy(row, { get: (target, key) => look(target, key) }));
  const look = (target: string[], key: string | symbol): unknown => {
    looks += 1;
    return Reflect.get(target, key);
  };
  const nodes = items(['=', column('district'), absolute('/data/d')]);
  const choices = { nodes, value: 'name', text: 'title', literal: true };
  const logic = logicOf([{ path: '/data/d' }, { path: '/data/p', control: 'select1', choices }], {
    places: { file: 'places.csv' },
  });
  const table = { columns: ['name', 'title', 'district'], rows: watched };
  const form = begin(logic, countingSurroundings(), new Map([['places', table]]));
  assert.deepEqual(offered(form), []);
  looks = 0;
  form.answer(at(form, '/data/d'), 'd299');
  assert.equal(offered(form).length, 100);
  assert.ok(looks <= 200, `${looks} texts were looked at`);
});
