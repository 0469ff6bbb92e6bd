/** Made-up responses, one in each state, and what has not arrived. */

import type { ResponseState, ResponseSummary, SyncReport } from '../src/app/index.ts';

export const STATES: readonly ResponseState[] = [
  'draft',
  'finalised',
  'sent',
  'set-aside',
  'held',
  'safe',
  'refused',
  'erased',
];

export const RESPONSES: readonly ResponseSummary[] = STATES.map((state, index) => ({
  id: `0192f000-0000-7000-8000-00000000000${index}`,
  formId: 'design',
  formTitle: 'Every component',
  formTitleLang: 'en',
  language: 'en',
  state,
  when: '2026-07-01T14:30:00Z',
  shortTitle: index % 2 === 0 ? 'Bow Choir' : '',
  photosHere: state === 'finalised' ? 2 : 0,
  filesHere: 0,
  filesDamaged: 0,
}));

export const REPORT: SyncReport = {
  status: { kind: 'sending' },
  waiting: 1,
  file: { arrived: 120_000, whole: 300_000 },
  lastSuccess: '2026-07-01T14:00:00Z',
};
