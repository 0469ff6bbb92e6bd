import assert from 'node:assert/strict';
import test from 'node:test';
import { parseLogic } from '../../formlogic/definition.ts';
import { controlKind } from './appearance.ts';
import { choicesLook } from './choices-look.ts';

function question(fields: object) {
  const root = { name: 'data', kind: 'group' };
  const leaf = { name: 'q', kind: 'leaf', parent: 0, control: 'input', ...fields };
  const logic = { format: 1, form: { id: 'f', version: '1' }, nodes: [root, leaf], lists: {}, order: [] };
  return parseLogic(logic).nodes[1] ?? assert.fail();
}

const KINDS: readonly (readonly [object, number, string])[] = [
  [{ type: 'barcode' }, 0, 'text'],
  [{ type: 'int' }, 0, 'whole-number'],
  [{ type: 'decimal' }, 0, 'decimal'],
  [{ type: 'dateTime' }, 0, 'date-time'],
  [{ type: 'geopoint' }, 0, 'position'],
  [{ control: 'select1' }, 60, 'one'],
  [{ control: 'select' }, 60, 'many'],
  [{ control: 'select1' }, 61, 'long-list'],
  [{ control: 'select', appearance: 'w1 search' }, 3, 'long-list'],
  [{ control: 'select1', appearance: 'autocomplete' }, 3, 'long-list'],
  [{ control: 'select1', appearance: 'minimal' }, 30_000, 'menu'],
  [{ control: 'select1', appearance: 'label' }, 5, 'one'],
  [{ control: 'select1', appearance: 'list-nolabel' }, 5, 'one'],
  [{ control: 'range', type: 'int', appearance: 'picker' }, 0, 'range'],
];

for (const [fields, count, kind] of KINDS) {
  test(`${JSON.stringify(fields)} with ${count} choices is answered with the control “${kind}”`, () => {
    assert.equal(controlKind(question(fields), count), kind);
  });
}

test('cards stand as the form asks, else by how many there are', () => {
  const look = (appearance: string, count = 5) => choicesLook(question({ control: 'select1', appearance }), count);
  assert.deepEqual(look('likert'), { classes: 'choices choices-scale', style: { '--count': '5' } });
  assert.deepEqual(look('columns-2'), { classes: 'choices choices-columns', style: { '--columns': '2' } });
  assert.equal(look('quick columns').classes, 'choices choices-columns');
  assert.equal(look('columns-pack').classes, 'choices choices-pack');
  assert.equal(look('').classes, 'choices');
  assert.equal(look('', 9).classes, 'choices choices-many');
});
