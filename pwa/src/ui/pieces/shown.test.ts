import assert from 'node:assert/strict';
import test from 'node:test';
import { isValidElement, toChildArray } from 'preact';
import { Shown } from './shown.tsx';

test('an answer put into a label stands apart from the words around it, in whichever direction it runs', () => {
  const parts = [
    { text: 'Is ', given: false },
    { text: 'حديقة (A) 1', given: true },
    { text: ' green?', given: false },
  ];
  const drawn = Shown({ words: { text: 'Is حديقة (A) 1 green?', lang: 'en', parts } });
  const pieces = toChildArray(drawn.props.children).map((piece) =>
    isValidElement(piece) ? [piece.type, ...toChildArray(piece.props.children)] : piece,
  );
  assert.deepEqual(pieces, ['Is ', ['bdi', 'حديقة (A) 1'], ' green?']);
});
