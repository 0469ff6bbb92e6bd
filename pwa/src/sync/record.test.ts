import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { buildRevision, type RevisionFacts } from './record.ts';

const FACTS: RevisionFacts = {
  responseId: '01980000-0000-7000-8000-000000000001',
  form: { id: 'aab', version: '1', logic: 'a'.repeat(64) },
  texts: new Map([
    ['bn', 'b'.repeat(64)],
    ['ar', 'c'.repeat(64)],
  ]),
  lang: 'ar',
  neighbourhood: 'old-ford',
  author: 'Amina "Mina" বেগম',
  device: '7d4df27c-15f0-4df9-a35c-6e6fc2ba51e6',
  madeAt: '2026-11-20T10:00:00.000Z',
  parts: [{ name: 'main', answersJson: '{"main":{"__proto__":"park","1":"é"}}', salt: new Uint8Array(16).fill(0xab) }],
  attachments: [],
};

function salted(salt: Uint8Array): RevisionFacts {
  return { ...FACTS, parts: FACTS.parts.map((part) => ({ ...part, salt })) };
}

function platformSha(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

test('header and part are byte for byte what the protocol writes', () => {
  const part = `{"salt":"${'ab'.repeat(16)}","answers":{"main":{"__proto__":"park","1":"é"}}}`;
  const header =
    '{"v":1,"id":"01980000-0000-7000-8000-000000000001","parents":[],"kind":"create","origin":"device",' +
    `"form":{"id":"aab","version":"1","logic":"${'a'.repeat(64)}","texts":{"bn":"${'b'.repeat(64)}","ar":"${'c'.repeat(64)}"}},` +
    '"lang":"ar","neighbourhood":"old-ford","author":"Amina \\"Mina\\" বেগম",' +
    '"device":"7d4df27c-15f0-4df9-a35c-6e6fc2ba51e6","made_at":"2026-11-20T10:00:00.000Z",' +
    `"parts":[{"name":"main","sha256":"${platformSha(part)}"}],"attachments":[]}`;
  assert.deepEqual(buildRevision(FACTS), { rev: platformSha(header), header, parts: [part] });
});

test('the same facts give the same revision, another salt gives another', () => {
  assert.equal(buildRevision(FACTS).rev, buildRevision({ ...FACTS }).rev);
  assert.notEqual(buildRevision(FACTS).rev, buildRevision(salted(new Uint8Array(16))).rev);
});

test('a correction names the one that it corrects, and a header the venue that the worker says', () => {
  const rev = 'f'.repeat(64);
  const { header } = buildRevision({ ...FACTS, corrects: rev, venue: '0192f000-0000-7000-8000-0000000000f1' });
  assert.ok(header.includes(`"parents":["${rev}"],"kind":"edit","origin":"device"`));
  assert.ok(header.endsWith('"attachments":[],"venue":"0192f000-0000-7000-8000-0000000000f1"}'));
});

test('a language called __proto__ stays a member of texts', () => {
  const { header } = buildRevision({ ...FACTS, texts: new Map([['__proto__', 'd'.repeat(64)]]) });
  assert.match(header, /"texts":\{"__proto__":"d{64}"\}/);
});

test('a salt of 15 bytes is a broken contract', () => {
  assert.throws(() => buildRevision(salted(new Uint8Array(15))), /15 were given/);
});

test('each part has its own salt and its own place; attachments are named with their length and type', () => {
  const equality = { name: 'equality', answersJson: '{"equality":{"age":"30"}}', salt: new Uint8Array(16).fill(1) };
  const photo = { name: 'photo-1.jpg', sha256: 'e'.repeat(64), bytes: 7, type: 'image/jpeg' };
  const { header, parts } = buildRevision({ ...FACTS, parts: [...FACTS.parts, equality], attachments: [photo] });
  assert.equal(parts[1], `{"salt":"${'01'.repeat(16)}","answers":{"equality":{"age":"30"}}}`);
  const names = parts.map((part, place) => `{"name":"${['main', 'equality'][place]}","sha256":"${platformSha(part)}"}`);
  assert.ok(header.endsWith(`"parts":[${names}],"attachments":[${JSON.stringify(photo)}]}`));
});
