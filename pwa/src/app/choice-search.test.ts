import assert from 'node:assert/strict';
import test from 'node:test';
import type { Choice } from '../formlogic/form.ts';
import { prepareInPieces, searchChoices } from './choice-search.ts';

const choices: readonly Choice[] = Array.from({ length: 1_200 }, (_, number) => ({
  value: `v${number}`,
  sound: '',
  label: { text: `Straße ${number}`, lang: 'de', parts: [] },
}));

test('choices made ready in pieces are found as if made ready at once', () => {
  const steps = prepareInPieces(choices);
  let pieces = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pieces += 1;
  assert.equal(pieces, 5);
  const found = searchChoices(step.value, 'STRASSE 1199');
  assert.deepEqual(
    found.map(({ value }) => value),
    ['v1199'],
  );
  assert.equal(searchChoices(step.value, ' ').length, 1_200);
});
