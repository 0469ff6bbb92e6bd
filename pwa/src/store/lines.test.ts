import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteRevision, putRevision } from './line-writing.ts';
import { readLines } from './lines.ts';
import { newestOf } from './revisions.ts';
import { finalisedWith, freshConnection, sampleRevision } from './testing/samples.ts';

test('a line is written with its revision, holds no texts, and goes with it', async () => {
  const connection = freshConnection('lines');
  await finalisedWith(connection, 'r1', ['a']);
  const { lines, forms } = await readLines(connection);
  assert.deepEqual(
    lines.map(({ rev, state, form, attachments }) => [rev, state, form, attachments?.length]),
    [['r1', 'finalised', ['aab', '1'], 1]],
  );
  assert.deepEqual([...forms.values()], [sampleRevision('', '').form]);
  assert.ok(!Object.keys(lines[0] ?? {}).some((name) => name === 'header' || name === 'parts'));
  await connection.write(['revisions', 'lines'], (tx) =>
    deleteRevision({ revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') }, 'r1'),
  );
  assert.deepEqual((await readLines(connection)).lines, []);
});

test('what an older app has written without lines is found all the same, and so is a state that it has moved on', async () => {
  const connection = freshConnection('lines-older');
  for (let one = 0; one < 450; one += 1)
    await connection.run((database) => database.put('revisions', sampleRevision(`r${one}`, `response-${one}`)));
  assert.equal((await readLines(connection)).lines.length, 450);
  await connection.run((database) =>
    database.put('revisions', { ...sampleRevision('r7', 'response-7'), state: 'sent' }),
  );
  const { lines } = await readLines(connection);
  assert.equal(lines.find(({ rev }) => rev === 'r7')?.state, 'sent');
});

test('the newest of a response is the one that no other corrects; of two corrections, the one finished last', () => {
  const first = sampleRevision('z', 'one');
  const second = { ...sampleRevision('a', 'one'), corrects: 'z', finalisedAt: '2026-11-20T11:00:00.000Z' };
  const beside = { ...sampleRevision('b', 'one'), corrects: 'z', finalisedAt: '2026-11-20T10:30:00.000Z' };
  assert.equal(newestOf([first])?.rev, 'z');
  assert.equal(newestOf([second, first])?.rev, 'a');
  assert.equal(newestOf([first, second, beside])?.rev, 'a');
  assert.equal(newestOf([]), undefined);
});

test('both of a pair of stores are written in one transaction', async () => {
  const connection = freshConnection('lines-pair');
  await assert.rejects(
    connection.write(['revisions', 'lines'], async (tx) => {
      await putRevision(
        { revisions: tx.objectStore('revisions'), lines: tx.objectStore('lines') },
        sampleRevision('r1', 'one'),
      );
      throw new Error('the battery');
    }),
  );
  assert.deepEqual((await readLines(connection)).lines, []);
});
