/** As goodServer, with the form that notes what came to no interview. */

import { sha256 } from '../../sync/sha256.ts';
import type { FakeCentral } from './central.ts';
import { type Answerer, goodServerWith } from './phone.ts';

const CHOICES = (list: string): unknown => ({
  nodes: ['path', ['call', 'instance', ['str', list]], ['child', 'root'], ['child', 'item']],
  value: 'name',
  text: 'label',
  literal: true,
});

const LOGIC = JSON.stringify({
  format: 1,
  form: { id: 'no_interview', version: '1' },
  nodes: [
    { name: 'data', kind: 'group' },
    {
      name: 'outcome',
      parent: 0,
      kind: 'leaf',
      type: 'string',
      control: 'select1',
      required: ['call', 'true'],
      choices: CHOICES('outcomes'),
    },
    {
      name: 'wished_language',
      parent: 0,
      kind: 'leaf',
      type: 'string',
      control: 'select1',
      choices: CHOICES('languages'),
    },
  ],
  lists: {
    outcomes: {
      columns: ['name', 'label'],
      rows: ['nobody_in', 'refused', 'later', 'language_barrier'].map((name) => [name, name]),
    },
    languages: { columns: ['name', 'label'], rows: [['somali', 'Somali']] },
  },
  order: [],
});

const PACK = JSON.stringify({
  format: 1,
  form: { id: 'no_interview', version: '1' },
  lang: 'en',
  title: 'No interview',
  texts: {},
});

const FORM = {
  id: 'no_interview',
  version: '1',
  logic: sha256(LOGIC),
  default_lang: 'en',
  langs: [{ lang: 'en', autonym: 'English', texts: sha256(PACK), draft: false, title: 'No interview' }],
};

export function dayServer(central: FakeCentral): Answerer {
  const others = goodServerWith(central);
  const bodies = new Map([LOGIC, PACK].map((body) => [`/forms/v1/${pathOf(body)}`, body]));
  return (request) => {
    const answer = others(request);
    const body = bodies.get(request.path);
    if (body !== undefined) return { kind: 'answer', status: 200, body };
    if (answer.kind === 'lost') return answer;
    const { path } = request;
    if (path === '/forms/v1/manifest') return { ...answer, body: withForm(answer.body) };
    if (path !== '/devices/v1/enrol') return answer;
    const enrolled: { forms: unknown } = JSON.parse(answer.body);
    const forms: unknown = JSON.parse(withForm(JSON.stringify(enrolled.forms)));
    return { ...answer, body: JSON.stringify({ ...enrolled, forms }) };
  };
}

function pathOf(body: string): string {
  return `${body === LOGIC ? 'logic' : 'texts'}/${sha256(body)}`;
}

function withForm(manifest: string): string {
  const { forms }: { forms: unknown[] } = JSON.parse(manifest);
  return JSON.stringify({ forms: [...forms, FORM] });
}
