/** Known assets: found by what is typed and where somebody stands; what a chosen one answers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLogic } from '../formlogic/definition.ts';
import { begin, type InstanceNode } from '../formlogic/form.ts';
import { type AssetIndex, fillingsFor, fittingAssets, nameQuestions, prepareAssets } from './nearby.ts';
import type { KnownAsset, LatLon } from './places.ts';
import { savedProperties } from './saved-properties.ts';

const ASSETS = '@dataset';
const HERE: LatLon = [51.53, -0.03];

const LOGIC = {
  format: 1,
  form: { id: 'assets', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    { name: 'assets', kind: 'repeat', parent: 0, initial: 1, control: 'repeat' },
    { name: 'asset', kind: 'group', parent: 1 },
    { name: 'what', kind: 'leaf', parent: 2, type: 'string', control: 'input', save_to: 'asset_name' },
    { name: 'kind', kind: 'leaf', parent: 2, type: 'string', control: 'select1', save_to: 'kind' },
    { name: 'where', kind: 'leaf', parent: 1, type: 'geopoint', control: 'input', save_to: 'geometry' },
    { name: 'words', kind: 'leaf', parent: 1, type: 'string', control: 'input', save_to: 'place' },
    { name: 'which', kind: 'leaf', parent: 1, type: 'string', save_to: 'asset_id' },
    { name: 'barrier', kind: 'group', parent: 1 },
    { name: 'reason', kind: 'leaf', parent: 8, type: 'string', control: 'input', save_to: 'place' },
    { name: 'meta', kind: 'group', parent: 8 },
    { name: 'entity', kind: 'group', parent: 10 },
    { name: ASSETS, kind: 'leaf', parent: 11, type: 'string', value: 'barrier_observations' },
    { name: 'label', kind: 'leaf', parent: 11, type: 'string', uses: { calculate: [[9, 1]] } },
    { name: 'meta', kind: 'group', parent: 1 },
    { name: 'entity', kind: 'group', parent: 14 },
    { name: ASSETS, kind: 'leaf', parent: 15, type: 'string', value: 'asset_observations' },
    { name: 'label', kind: 'leaf', parent: 15, type: 'string', uses: { calculate: [[3, 1]] } },
  ],
  lists: {},
  order: [],
};

function known(name: string, more: Partial<KnownAsset> = {}): KnownAsset {
  return { id: name, name, names: [], kind: '', at: undefined, words: '', ...more };
}

function indexOf(assets: readonly KnownAsset[]): AssetIndex {
  const pieces = prepareAssets(assets);
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
  }
}

function namesFound(assets: readonly KnownAsset[], query: string, here: LatLon | undefined): string[] {
  return fittingAssets(indexOf(assets), { query, here, count: 6 }).map(({ asset }) => asset.name);
}

function opened() {
  const surroundings = { now: '2026-11-20T10:00:00.000+00:00', uuid: () => 'u', random: () => 0 };
  const form = begin(parseLogic(LOGIC), surroundings);
  const find = (path: string): InstanceNode => form.find(path) ?? assert.fail(path);
  const name = find('/data/assets[1]/asset/what');
  const saved = savedProperties(JSON.stringify(LOGIC));
  return { form, find, name, saved };
}

const CHOIR = known('Choir', { id: 'a1', kind: 'arts', at: [51.5301, -0.0301], words: 'Behind the church' });

test('a question is that for the name when the label of an asset is made of it alone', () => {
  assert.deepEqual([...nameQuestions(parseLogic(LOGIC))], [3]);
});

test('a chosen asset answers its name and all that the observation saves of it', () => {
  const { name, saved } = opened();
  const fillings = fillingsFor(CHOIR, name, { saved, offers: (_, value) => value === 'arts' });
  assert.deepEqual(
    fillings.map(({ node, text }) => [node.name, text]),
    [
      ['what', 'Choir'],
      ['kind', 'arts'],
      ['where', '51.5301 -0.0301 0 0'],
      ['words', 'Behind the church'],
      ['which', 'a1'],
    ],
  );
});

test('what somebody has answered stays, and a kind that is not offered is not chosen', () => {
  const { form, find, name, saved } = opened();
  form.answer(find('/data/assets[1]/words'), 'In the park');
  const fillings = fillingsFor(CHOIR, name, { saved, offers: () => false });
  assert.deepEqual(
    fillings.map(({ node }) => node.name),
    ['what', 'where', 'which'],
  );
});

test('nothing typed: what is near, the nearest first', () => {
  const assets = [known('Far', { at: [51.6, -0.03] }), known('Near', { at: [51.535, -0.03] }), CHOIR, known('Nowhere')];
  assert.deepEqual(namesFound(assets, '', HERE), ['Choir', 'Near']);
  assert.deepEqual(namesFound(assets, '', undefined), []);
});

test('typed in any script it is found by any of its names, what is near first', () => {
  const far = known('Choir of the valley', { at: [51.6, -0.03] });
  const bengali = known('Roman Road', { names: ['রোমান রোড'], at: [51.53, -0.031] });
  assert.deepEqual(namesFound([far, bengali, CHOIR], 'choir', HERE), ['Choir', 'Choir of the valley']);
  assert.deepEqual(namesFound([far, bengali, CHOIR], 'রোমান', HERE), ['Roman Road']);
});

test('of 5,000 known assets no more are offered than there is room for', () => {
  const assets = Array.from({ length: 5_000 }, (_, place) => known(`Garden ${place}`, { at: [51.5 + place / 1e5, 0] }));
  const found = fittingAssets(indexOf(assets), { query: 'garden', here: [51.5, 0], count: 6 });
  assert.deepEqual(
    found.map(({ asset }) => asset.name),
    ['Garden 0', 'Garden 1', 'Garden 2', 'Garden 3', 'Garden 4', 'Garden 5'],
  );
});
