import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sha256, sha256OfBytes } from './sha256.ts';

function reference(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('every length around the block boundaries hashes as the platform does', () => {
  for (let length = 0; length <= 200; length += 1) {
    const bytes = randomBytes(length);
    assert.equal(sha256OfBytes(bytes), reference(bytes), `length ${length}: ${bytes.toString('hex')}`);
  }
});

test('a megabyte hashes as the platform does', () => {
  const bytes = new Uint8Array(1_048_576).map((_, index) => (index * 31) % 251);
  assert.equal(sha256OfBytes(bytes), reference(bytes));
});

test('text is hashed as UTF-8, right-to-left and emoji included', () => {
  for (const text of ['', 'abc', 'مرحبا', 'বাংলা', '👍🏽', '{"__proto__":"é"}']) {
    assert.equal(sha256(text), reference(text), text);
  }
});

test('a lone surrogate is hashed as U+FFFD, which is what goes on the wire', () => {
  assert.equal(sha256('a\ud800b'), reference('a\ufffdb'));
});
