/** A phone on which words come and go: catalogues that can be out of reach, a server with languages that its team has added. */

import { packedCatalogue } from '../../i18n/sentence-name.ts';
import { sha256 } from '../../sync/sha256.ts';
import type { App } from '../app.ts';
import { createApp } from '../create.ts';
import { type Answerer, goodServer, makePhone, type Phone } from './phone.ts';

export interface Talk {
  readonly app: App;
  readonly phone: Phone;
  /** What the network says from now on. */
  network: Answerer;
  /** Whether the build's own catalogues can be fetched. */
  reachable: boolean;
  /** They come only after this. */
  line: Promise<void>;
  restart(): Promise<App>;
}

const BUILT = new Map([
  ['ar', { Save: 'احفظ', Stop: 'قف' }],
  ['bn', { Save: 'রাখুন', Stop: 'থামুন' }],
]);

export async function talking(databaseName: string, network: Answerer): Promise<Talk> {
  const talk = { network, reachable: true, line: Promise.resolve() };
  const phone = makePhone(() => talk.network);
  const catalogues = {
    languages: [...BUILT.keys()],
    load: async (lang: string) => {
      if (!talk.reachable) throw new TypeError('No network.');
      await talk.line;
      return packedCatalogue(BUILT.get(lang) ?? {});
    },
  };
  const restart = async (): Promise<App> => {
    const { app, ready } = createApp({ environment: phone.environment, catalogues, databaseName, version: '0' });
    await ready;
    return app;
  };
  return Object.assign(talk, { app: await restart(), phone, restart });
}

/** A language that the server adds: its entry in the manifest, and the file. */
export function addedWords(lang: string, sentences: object, more: object = {}) {
  const text = JSON.stringify(packedCatalogue(sentences));
  const entry = { lang, autonym: `(${lang})`, direction: 'ltr', state: 'reviewed', formats_like: null, ...more };
  return { entry: { ...entry, sha256: sha256(text) }, text };
}

/** As goodServer, with languages added. */
export function serverWith(...added: readonly ReturnType<typeof addedWords>[]): Answerer {
  const server = goodServer();
  const words = added.map(({ entry }) => entry);
  return (request) => {
    const file = added.find(({ entry }) => request.path === `/forms/v1/words/${entry.sha256}`);
    if (file !== undefined) return { kind: 'answer', status: 200, body: file.text };
    const answer = server(request);
    if (answer.kind !== 'answer') return answer;
    if (request.path === '/forms/v1/manifest') return { ...answer, body: withWords(answer.body, words) };
    if (request.path !== '/devices/v1/enrol') return answer;
    const { forms, ...rest } = JSON.parse(answer.body);
    return { ...answer, body: JSON.stringify({ ...rest, forms: { ...forms, words } }) };
  };
}

function withWords(manifest: string, words: readonly object[]): string {
  return JSON.stringify({ ...JSON.parse(manifest), words });
}
