/** Which question says in words where something is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogic } from '../../formlogic/definition.ts';
import { begin } from '../../formlogic/form.ts';
import { wordsBeside } from './words-beside.ts';

const LOGIC = {
  format: 1,
  form: { id: 'places', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'where', kind: 'leaf', parent: 0, type: 'geopoint', control: 'input' },
    { name: 'story', kind: 'leaf', parent: 0, type: 'string', control: 'input' },
    { name: 'words', kind: 'leaf', parent: 0, type: 'string', control: 'input' },
  ],
  lists: {},
  order: [],
};

test('a position is said in words only in the question that keeps the place, and in none when there is no such question', () => {
  const form = begin(parseLogic(LOGIC), { now: '2026-11-20T10:00:00.000+00:00', uuid: () => 'u', random: () => 0 });
  const where = form.find('/data/where') ?? assert.fail('a position');
  assert.equal(wordsBeside(where, new Map([[3, 'place']]))?.name, 'words');
  assert.equal(wordsBeside(where, new Map([[2, 'story']])), undefined);
});
