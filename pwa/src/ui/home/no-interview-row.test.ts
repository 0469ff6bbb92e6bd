import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Noted } from '../../app/index.ts';
import { mayAsk } from './no-interview-row.tsx';

const NOTED: Noted = { kind: 'noted', id: 'r', undo: async () => undefined, wish: async () => 'noted' };

test('a card for what is noted gives way to one for what is not, and never takes its place', () => {
  assert.equal(mayAsk(undefined, NOTED), true);
  assert.equal(mayAsk({}, NOTED), false, '“Another language” waits there, and is not noted yet');
  assert.equal(mayAsk({ noted: NOTED }, undefined), true);
  assert.equal(mayAsk({ noted: NOTED }, NOTED), true, 'the newest counts');
});
