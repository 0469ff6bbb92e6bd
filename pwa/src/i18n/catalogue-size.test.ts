import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { packedCatalogue } from './sentence-name.ts';

/** As pwa/vite.config.ts has it. */
const MOST_BYTES = 14_000;
const MESSAGES = new URL('../generated/messages/', import.meta.url);

test('all that the app says in one language is at most 14 kB on its way', () => {
  const files = readdirSync(MESSAGES).filter((name) => name.endsWith('.json'));
  assert.ok(files.length > 0, 'build first: python hatch_build.py build');
  for (const file of files) {
    const words = JSON.stringify(packedCatalogue(JSON.parse(readFileSync(new URL(file, MESSAGES), 'utf8'))));
    assert.ok(gzipSync(words).length <= MOST_BYTES, file);
  }
});
