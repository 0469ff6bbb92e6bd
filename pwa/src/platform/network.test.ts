/** Against a server of Node's: what really goes over the wire. */

import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { browserNetwork } from './network.ts';

interface Heard {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** Listens until the test is over. */
async function listen(
  context: TestContext,
  reply: (response: ServerResponse) => void,
): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    heard.push({ request, body: Buffer.concat(pieces) });
    reply(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, heard };
}

const { send } = browserNetwork();
const LONG = JSON.stringify({ items: Array.from({ length: 500 }, (_, place) => `উত্তর ${place}`) });

test('a long push goes gzipped, and unpacks to what was said; a short one goes as it is', async (context) => {
  const { url, heard } = await listen(context, (response) => response.end('{}'));
  await send({ method: 'POST', path: url, body: LONG, gzip: true, timeout: 5_000 });
  await send({ method: 'POST', path: url, body: '{}', gzip: true, timeout: 5_000 });
  const [long, short] = heard;
  assert.equal(long?.request.headers['content-encoding'], 'gzip');
  assert.equal(gunzipSync(long?.body ?? '').toString(), LONG);
  assert.ok((long?.body.length ?? LONG.length) < LONG.length / 3);
  assert.deepEqual([short?.request.headers['content-encoding'], short?.body.toString()], [undefined, '{}']);
});

test('where the browser cannot pack, it goes as it is', async (context) => {
  const { url, heard } = await listen(context, (response) => response.end('{}'));
  const packing = globalThis.CompressionStream;
  context.after(() => Object.assign(globalThis, { CompressionStream: packing }));
  Object.assign(globalThis, { CompressionStream: undefined });
  await send({ method: 'POST', path: url, body: LONG, gzip: true, timeout: 5_000 });
  assert.equal(heard[0]?.body.toString(), LONG);
});

test('what the phone says of itself goes along as a header, and only when it says something', async (context) => {
  const { url, heard } = await listen(context, (response) => response.end('{}'));
  await send({ method: 'GET', path: url, phone: 'app=0.1.0; unsent=3', timeout: 5_000 });
  await send({ method: 'GET', path: url, timeout: 5_000 });
  assert.deepEqual(
    heard.map(({ request }) => request.headers['fieldwell-phone']),
    ['app=0.1.0; unsent=3', undefined],
  );
});

test('a piece of a file says where it begins, and hears how much has arrived', async (context) => {
  const { url, heard } = await listen(context, (response) => {
    response.writeHead(204, { 'Upload-Offset': '12', 'Upload-Length': '400' }).end();
  });
  const piece = { content: new Uint8Array([1, 2, 3]).buffer, offset: 9 };
  const answer = await send({ method: 'PATCH', path: url, token: 'fw1.a.b', piece, timeout: 5_000 });
  assert.deepEqual(answer, { kind: 'answer', status: 204, body: '', offset: 12, length: 400 });
  const { headers } = heard[0]?.request ?? {};
  assert.equal(headers?.['upload-offset'], '9');
  assert.equal(headers?.['content-type'], 'application/offset+octet-stream');
  assert.equal(headers?.authorization, 'Bearer fw1.a.b');
  assert.deepEqual([...(heard[0]?.body ?? [])], [1, 2, 3]);
});

test('a header that is no number says nothing', async (context) => {
  const { url } = await listen(context, (response) => response.writeHead(200, { 'Upload-Offset': '-1' }).end());
  assert.deepEqual(await send({ method: 'HEAD', path: url, timeout: 5_000 }), {
    kind: 'answer',
    status: 200,
    body: '',
  });
});

test('an answer that does not come in time, or breaks off, is no answer', async (context) => {
  const silent = await listen(context, () => undefined);
  assert.deepEqual(await send({ method: 'GET', path: silent.url, timeout: 50 }), { kind: 'lost', why: 'timeout' });
  const broken = await listen(context, (response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('half');
    response.destroy();
  });
  assert.deepEqual(await send({ method: 'GET', path: broken.url, timeout: 5_000 }), {
    kind: 'lost',
    why: 'unreachable',
  });
});
