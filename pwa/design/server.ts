/** A server that is a function: it enrols whoever asks, has one form, and takes nothing else. */

import type { NetworkAnswer, NetworkRequest } from '../src/environment.ts';
import { sha256 } from '../src/sync/sha256.ts';
import { logicText, packs } from './form.ts';

export const SECRET = 'design';

const AUTONYMS = new Map([
  ['en', 'English'],
  ['bn', 'বাংলা'],
  ['ar', 'العربية'],
]);

export function answer({ path, body }: NetworkRequest): NetworkAnswer {
  if (path === '/devices/v1/enrol') return text(201, JSON.stringify(enrolled(body ?? '')));
  if (path === '/forms/v1/manifest') return text(200, JSON.stringify(manifest()));
  const wanted = path.replace(/^.*\//, '');
  const found = [logicText(), ...packs().map((pack) => pack.text)].find((known) => sha256(known) === wanted);
  return found === undefined ? { kind: 'lost', why: 'unreachable' } : text(200, found);
}

function text(status: number, body: string): NetworkAnswer {
  return { kind: 'answer', status, body };
}

function manifest(): object {
  const langs = packs().map((pack) => ({
    lang: pack.lang,
    autonym: AUTONYMS.get(pack.lang) ?? pack.lang,
    texts: sha256(pack.text),
    draft: false,
    title: pack.title,
  }));
  return { forms: [{ id: 'design', version: '1', logic: sha256(logicText()), default_lang: 'en', langs }] };
}

function enrolled(body: string): object {
  const asked: { device: string } = JSON.parse(body);
  const neighbourhood = { id: 'old-ford', name: 'Old Ford' };
  return { token: 'fw1.a.b', device: asked.device, name: 'Amina', neighbourhood, server_id: 's', forms: manifest() };
}
