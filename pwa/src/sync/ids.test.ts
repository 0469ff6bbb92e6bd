import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex, uuid4, uuid7 } from './ids.ts';

const ONES = new Uint8Array(16).fill(0xff);

test('uuid7 of the example in RFC 9562 is the one printed there', () => {
  const random = Uint8Array.from(Buffer.from('0000000000000cc398c4dc0c0c07398f', 'hex'));
  assert.equal(uuid7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('uuid7 made later sorts later', () => {
  assert.ok(uuid7(1_000, ONES) < uuid7(1_001, new Uint8Array(16)));
  assert.ok(uuid7(2 ** 32 - 1, ONES) < uuid7(2 ** 32, new Uint8Array(16)));
});

test('uuid4 carries its version and variant', () => {
  assert.equal(uuid4(ONES), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  assert.equal(uuid4(new Uint8Array(16)), '00000000-0000-4000-8000-000000000000');
});

test('fewer than 16 random bytes are a broken contract', () => {
  assert.throws(() => uuid4(new Uint8Array(15)), /15 were given/);
});

test('hex keeps leading zeros', () => {
  assert.equal(hex(Uint8Array.of(0, 10, 255)), '000aff');
});
