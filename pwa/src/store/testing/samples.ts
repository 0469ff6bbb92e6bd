/** A database of one's own for a test, and things to put into it. */

import 'fake-indexeddb/auto';
import { Connection, type ConnectionNews } from '../connection.ts';
import { saveDraft } from '../drafts.ts';
import { finaliseDraft } from '../finalising.ts';
import type { StoredAttachment, StoredDraft, StoredRevision } from '../schema.ts';

export function freshConnection(name: string, onNews?: (news: ConnectionNews) => void): Connection {
  return new Connection({ usable: true, name, ...(onNews === undefined ? {} : { onNews }) });
}

export function sampleDraft(id: string, answersJson = '{}'): StoredDraft {
  const language = { lang: 'bn', autonym: 'বাংলা', title: 'ফর্ম', draft: false, texts: 'b'.repeat(64) };
  return {
    id,
    form: { id: 'aab', version: '1', logic: 'a'.repeat(64), defaultLang: 'en', languages: [language] },
    lang: 'bn',
    shown: [['bn', 'b'.repeat(64)]],
    position: '',
    answersJson,
    shortTitle: '',
    begunAt: '2026-11-20T10:00:00.000Z',
    changedAt: '2026-11-20T10:00:00.000Z',
  };
}

export function sampleRevision(rev: string, responseId: string): StoredRevision {
  return {
    rev,
    header: `{"id":"${responseId}"}`,
    parts: ['{}'],
    state: 'finalised',
    responseId,
    form: sampleDraft('').form,
    lang: 'bn',
    shortTitle: '',
    finalisedAt: `2026-11-20T10:00:00.00${rev.length % 10}Z`,
  };
}

/** Finalised with these photos, each named by a letter that stands for its bytes. */
export async function finalisedWith(
  connection: Connection,
  rev: string,
  letters: readonly string[] = [],
): Promise<void> {
  const attachments = letters.map((letter) => sampleAttachment(`response-${rev}`, letter));
  const parts = [`{"salt":"${rev}","answers":{}}`, '{"salt":"e","answers":{}}'];
  const names = parts.map((_, place) => ({ name: `part ${place}`, sha256: `${rev}-part-${place}` }));
  const header = JSON.stringify({ id: `response-${rev}`, parts: names });
  await saveDraft(connection, sampleDraft(`response-${rev}`), attachments);
  const revision = { ...sampleRevision(rev, `response-${rev}`), header, parts, shortTitle: 'Choir' };
  await finaliseDraft(connection, { ...revision, attachments });
}

/** `letter` stands for its bytes. */
export function sampleAttachment(responseId: string, letter: string): StoredAttachment {
  const content = new TextEncoder().encode(letter).buffer;
  const name = `photo-${letter}.jpg`;
  return { responseId, sha256: letter.repeat(64), name, bytes: 1, type: 'image/jpeg', content, givenName: '' };
}
