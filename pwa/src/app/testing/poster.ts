/** A poster, its pages as the server draws them, and a phone that has taken one over; for tests. */

import assert from 'node:assert/strict';
import type { NetworkRequest } from '../../environment.ts';
import type { PageAnswers } from '../page-answers.ts';
import { readVisitPage, type VisitPage } from '../visit-page.ts';
import type { Visits } from '../visits.ts';
import { type Setting, setUp } from './person.ts';
import { type Answerer, goodServer } from './phone.ts';

export const POSTER = '0192f000-0000-7000-8000-0000000000a1';
export const RESPONSE = '0192f000-0000-7000-8000-0000000000b1';
export const NAME = 1;

function manifestOf(server: Answerer): unknown {
  const answer = server({ method: 'GET', path: '/forms/v1/manifest', timeout: 0 });
  return JSON.parse(answer.kind === 'answer' ? answer.body : '');
}

function formEntry(): unknown {
  const manifest = manifestOf(goodServer());
  assert.ok(typeof manifest === 'object' && manifest !== null && 'forms' in manifest && Array.isArray(manifest.forms));
  return manifest.forms[0];
}

export function pageText(answers: object, originals: object): string {
  return JSON.stringify({
    code: 'K7PX3M',
    poster: POSTER,
    venue: 'Café',
    programme: { name: 'Well Old Ford', contact: '', privacy_contact: 'privacy@old-ford.example' },
    neighbourhood: { id: 'old-ford', name: 'Old Ford' },
    form: formEntry(),
    page: '2',
    state: { v: 1, response: RESPONSE, begun: '2026-11-20T10:00:00.000Z', lang: 'bn', shown: {}, answers },
    originals,
  });
}

export function visitPage(answers: object = {}, originals: object = {}): VisitPage {
  const page = readVisitPage(pageText(answers, originals));
  assert.ok(page);
  return page;
}

/** As goodServer, and it welcomes residents; `refuse`: how often it says first that it knows another phone of this name. */
export function posterServer({
  pushed = [],
  refuse = 0,
}: {
  readonly pushed?: string[];
  readonly refuse?: number;
} = {}): Answerer {
  const server = goodServer(pushed);
  let left = refuse;
  return (request) => {
    if (request.path !== '/devices/v1/visit') return server(request);
    left -= 1;
    if (left >= 0) return { kind: 'answer', status: 409, body: '{"code":"device-known"}' };
    return { kind: 'answer', status: 201, body: JSON.stringify(welcome(request, server)) };
  };
}

function welcome({ body = '' }: NetworkRequest, server: Answerer): unknown {
  const asked: { device: string } = JSON.parse(body);
  const neighbourhood = { id: 'old-ford', name: 'Old Ford' };
  return { token: 't', device: asked.device, name: '', role: 'resident', neighbourhood, forms: manifestOf(server) };
}

export async function visitsOf({ app }: Pick<Setting, 'app'>): Promise<Visits> {
  const visits = await app.actions.visits();
  assert.ok(visits);
  return visits;
}

export function given(
  fields: readonly (readonly [number, readonly string[]])[],
  answers: object = {},
  drawnAt = '',
): PageAnswers {
  return { page: visitPage(answers), given: new Map(fields), stored: (_, texts) => texts.join(' '), drawnAt };
}

/** `originals`: of the words on the page, in the form's own language. */
export async function takenOver(
  databaseName: string,
  pushed: string[] = [],
  originals: object = {},
): Promise<Setting & { readonly visits: Visits }> {
  const setting = await setUp(databaseName, posterServer({ pushed }));
  const visits = await visitsOf(setting);
  assert.ok(await visits.prepare(visitPage()));
  const answers = { ...given([[NAME + 1, ['typed']]]), page: visitPage({}, originals) };
  assert.equal(await visits.takeOver(answers), 'open');
  return { ...setting, visits };
}
