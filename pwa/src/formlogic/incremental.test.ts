import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { type Form, type RemovedRepeat, resume } from './form.ts';
import { type InstanceNode, subtree } from './instance.ts';
import { absolute, at, formOf, relative, type Sketch } from './testing/forms.ts';

const STEPS = 400;

/** Nested repeats with reading in all directions: inside, outside, across, and by position. */
const TANGLED: Sketch[] = [
  { path: '/data/limit', value: '2' },
  { path: '/data/show', value: '1' },
  {
    path: '/data/part',
    kind: 'group',
    relevant: ['=', absolute('/data/show'), ['num', '1']],
    uses: [['/data/show', '/data']],
  },
  { path: '/data/part/row', kind: 'repeat', initial: 2 },
  { path: '/data/part/row/x', value: '1' },
  {
    path: '/data/part/row/big',
    kind: 'group',
    relevant: ['>', relative('../x'), absolute('/data/limit')],
    uses: [
      ['/data/part/row/x', '/data/part/row'],
      ['/data/limit', '/data'],
    ],
  },
  { path: '/data/part/row/big/why', value: '7' },
  { path: '/data/part/row/cell', kind: 'repeat', initial: 1 },
  { path: '/data/part/row/cell/y', value: '3' },
  {
    path: '/data/part/row/cell/z',
    calculate: ['+', relative('../y'), relative('../../x')],
    uses: [
      ['/data/part/row/cell/y', '/data/part/row/cell'],
      ['/data/part/row/x', '/data/part/row'],
    ],
  },
  {
    path: '/data/part/row/sum',
    calculate: ['+', ['call', 'sum', relative('../cell/z')], ['call', 'count', relative('../big/why')]],
    uses: [
      ['/data/part/row/cell/z', '/data/part/row'],
      ['/data/part/row/big/why', '/data/part/row'],
    ],
  },
  {
    path: '/data/part/row/place',
    calculate: ['call', 'position', relative('..')],
    uses: [['/data/part/row', '/data/part/row']],
  },
  {
    path: '/data/part/row/extra',
    kind: 'repeat',
    count: relative('../x'),
    uses: [['/data/part/row/x', '/data/part/row']],
  },
  { path: '/data/part/row/extra/e', calculate: relative('../../x'), uses: [['/data/part/row/x', '/data/part/row']] },
  {
    path: '/data/extras',
    calculate: ['call', 'sum', absolute('/data/part/row/extra/e')],
    uses: [['/data/part/row/extra/e', '/data']],
  },
  {
    path: '/data/total',
    calculate: ['call', 'sum', absolute('/data/part/row/sum')],
    uses: [['/data/part/row/sum', '/data']],
  },
  { path: '/data/rows', calculate: ['call', 'count', absolute('/data/part/row')], uses: [['/data/part/row', '/data']] },
];

test('after any sequence of changes all is as if it had been worked out afresh', () => {
  for (const seed of [1, 20261120, 77]) {
    const chance = mulberry32(seed);
    const form = formOf(TANGLED);
    const removed: RemovedRepeat[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const did = change(form, removed, chance);
      assert.deepEqual(state(form), state(afresh(form)), `seed ${seed}, step ${step}: ${did}`);
    }
  }
});

test('a change at the head of 200 calculations changes each of them, and tells so once', () => {
  const links = Array.from({ length: 200 }, (_, index): Sketch => {
    const before = index === 0 ? '/data/head' : `/data/c${index - 1}`;
    return { path: `/data/c${index}`, calculate: ['+', absolute(before), ['num', '1']], uses: [[before, '/data']] };
  });
  const rest = Array.from({ length: 1800 }, (_, index): Sketch => ({ path: `/data/q${index}` }));
  const form = formOf([{ path: '/data/head' }, ...links, ...rest]);
  const told: number[] = [];
  form.subscribe((changed) => {
    told.push(changed.size);
  });
  form.answer(at(form, '/data/head'), '1');
  assert.equal(at(form, '/data/c199').value, '201');
  assert.deepEqual(told, [201]);
});

function change(form: Form, removed: RemovedRepeat[], chance: () => number): string {
  const nodes = [...subtree(form.root)];
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance() * items.length)];
  const kind = chance();
  const repeats = nodes.filter(({ definition }) => definition.kind === 'repeat' && definition.count === undefined);
  if (kind < 0.15) return add(form, pick(nodes), chance);
  if (kind < 0.25) return remove(form, pick(repeats), removed);
  if (kind < 0.35) return restore(removed);
  const leaf = pick(nodes.filter((node) => node.definition.kind === 'leaf' && !node.definition.calculate));
  if (leaf === undefined) return 'nothing';
  const text = pick(['', '1', '2', '3', '10', 'x']) ?? '';
  form.answer(leaf, text);
  return `${leaf.path} = ${text}`;
}

function add(form: Form, parent: InstanceNode | undefined, chance: () => number): string {
  const repeats = form.logic.nodes.filter(
    ({ kind, count, parent: above }) => kind === 'repeat' && count === undefined && above === parent?.definition.number,
  );
  const repeat = repeats[Math.floor(chance() * repeats.length)];
  if (parent === undefined || repeat === undefined) return 'nothing';
  return `add ${form.addRepeat(parent, repeat).path}`;
}

function remove(form: Form, instance: InstanceNode | undefined, removed: RemovedRepeat[]): string {
  if (instance === undefined) return 'nothing';
  const { path } = instance;
  removed.push(form.removeRepeat(instance));
  return `remove ${path}`;
}

function restore(removed: RemovedRepeat[]): string {
  removed.pop()?.restore();
  return 'restore';
}

function afresh(form: Form): Form {
  return resume(form.logic, form.draftJson(), countingSurroundings());
}

function state(form: Form): string[] {
  return [...subtree(form.root)].map((node) => `${node.path} ${node.relevant} ${node.value}`);
}

/** Chance that can be replayed (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
