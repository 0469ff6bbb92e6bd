import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { closest } from './languages.ts';

interface Vector {
  readonly wanted: string;
  readonly available: readonly string[];
  readonly found: string | null;
  readonly because: string;
}

test('the closest language is the one that the server would choose', () => {
  const text = readFileSync(new URL('../../../tests/vectors/codes/languages.json', import.meta.url), 'utf8');
  const vectors: { closest: Vector[] } = JSON.parse(text);
  assert.ok(vectors.closest.length > 0);
  for (const { wanted, available, found, because } of vectors.closest)
    assert.equal(closest(wanted, available) ?? null, found, `${wanted} of ${available}: ${because}`);
});
