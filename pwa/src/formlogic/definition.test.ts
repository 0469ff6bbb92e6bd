import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSurroundings } from './conformance-surroundings.ts';
import { parseXml } from './conformance-xml.ts';
import { contextOf } from './context.ts';
import { parseLogic, parseTextPack } from './definition.ts';
import { DefinitionError, ExpressionError } from './errors.ts';
import { evaluate, PLAIN_FUNCTIONS } from './evaluate.ts';
import { type Expr, isExpr } from './expression.ts';
import { numberText } from './values.ts';

const FORM = { id: 'a', version: '1' };
const ROOT = { name: 'data', kind: 'group' };

test('a logic that is not what this app reads is refused with its place', () => {
  const wrong: [unknown, string][] = [
    [null, 'logic'],
    [{ format: 2, form: FORM, nodes: [ROOT], order: [] }, 'logic'],
    [{ format: 1, form: FORM, nodes: [], order: [] }, 'nodes[0]'],
    [{ format: 1, form: FORM, nodes: [ROOT, { name: 'a', kind: 'leaf', parent: 5 }], order: [] }, 'nodes[1].parent'],
    [{ format: 1, form: FORM, nodes: [{ ...ROOT, relevant: ['+', 1] }], order: [] }, 'nodes[0].relevant'],
    [{ format: 1, form: FORM, nodes: [{ ...ROOT, kind: 'tree' }], order: [] }, 'nodes[0].kind'],
    [{ format: 1, form: FORM, nodes: [ROOT], order: [[3, 'calculate']] }, 'order[0]'],
  ];
  for (const [logic, place] of wrong) {
    const isAtPlace = (error: unknown): boolean => error instanceof DefinitionError && error.place === place;
    assert.throws(() => parseLogic(logic), isAtPlace, place);
  }
});

test('texts and columns called __proto__ are texts and columns', () => {
  const pack = parseTextPack(
    JSON.parse('{"format":1,"form":{"id":"a","version":"1"},"lang":"en","title":"T","texts":{"__proto__":"x"}}'),
  );
  assert.deepEqual(pack.texts.get('__proto__'), { parts: ['x'], lang: 'en' });
  const logic = parseLogic(
    JSON.parse(
      '{"format":1,"form":{"id":"a","version":"1"},"nodes":[{"name":"data","kind":"group"}],"order":[],"lists":{"__proto__":{"columns":["__proto__"],"rows":[["x"]]}}}',
    ),
  );
  assert.deepEqual(logic.lists.get('__proto__'), { columns: ['__proto__'], rows: [['x']] });
});

test('only expression trees are expressions', () => {
  const trees = [
    ['num', '1'],
    ['path', '/', ['child', 'a', ['num', '1']]],
    ['call', 'now'],
    ['+', ['num', '1'], ['str', '']],
  ];
  const others = [
    undefined,
    'x',
    [],
    ['num'],
    ['num', 1],
    ['+', ['num', '1']],
    ['path', '/', ['sideways', 'a']],
    ['neg', ['x']],
  ];
  assert.deepEqual(
    trees.map(isExpr),
    trees.map(() => true),
  );
  assert.deepEqual(
    others.map(isExpr),
    others.map(() => false),
  );
});

test('a sum as long as the largest form does not run out of stack', () => {
  let sum: unknown = ['num', '1'];
  for (let term = 1; term < 5000; term += 1) sum = ['+', sum, ['num', '1']];
  assert.equal(isExpr(sum) && evaluateAlone(sum), 5000);
});

test('a function that is not supported raises an error with its name', () => {
  const isNamed = (error: unknown): boolean => error instanceof ExpressionError && error.functionName === 'pulldata';
  assert.throws(() => evaluateAlone(['call', 'pulldata', ['str', 'x']]), isNamed);
  assert.throws(() => evaluateAlone(['call', 'not']), ExpressionError);
  assert.equal(PLAIN_FUNCTIONS.has('pulldata'), false);
  assert.equal(PLAIN_FUNCTIONS.has('if'), true);
});

test('numbers are written without exponents at both ends', () => {
  const numbers = [1e21, 1.5e-7, -2.5e22, 5e-324, 123456789012345680000];
  assert.deepEqual(numbers.map(numberText).slice(0, 3), [
    '1000000000000000000000',
    '0.00000015',
    '-25000000000000000000000',
  ]);
  assert.equal(numberText(5e-324).length, 326);
  assert.equal(numberText(123456789012345680000), '123456789012345680000');
});

function evaluateAlone(expression: Expr): unknown {
  const document = parseXml('<data/>');
  const surroundings = countingSurroundings();
  const world = { document, surroundings, texts: undefined, list: () => undefined, choiceName: () => '' };
  return evaluate(expression, contextOf(document, world));
}
