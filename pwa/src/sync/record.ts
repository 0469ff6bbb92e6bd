/**
 * Makes a revision: the exact bytes of its header and parts, and its name. See sync/README.md, "The record".
 * Nobody writes these bytes again, so there is no canonical form: only this order, chosen once.
 */

import { hex, uuid7 } from './ids.ts';
import { referenceHash } from './references.ts';
import { sha256 } from './sha256.ts';

/** Bytes of random salt in a part, so that its hash tells nothing once the part is erased. */
export const SALT_BYTES = 16;

export interface RevisionFacts {
  /** UUIDv7 of the response. */
  readonly responseId: string;
  /** Rev of the one that this corrects; absent: it is the first. */
  readonly corrects?: string | undefined;
  readonly form: { readonly id: string; readonly version: string; readonly logic: string };
  /** Sha256 of the text pack by language, of every language that was shown. */
  readonly texts: ReadonlyMap<string, string>;
  readonly lang: string;
  readonly neighbourhood: string;
  /** The worker's name. */
  readonly author: string;
  readonly device: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly madeAt: string;
  /** In the order of the header; names differ. */
  readonly parts: readonly PartFacts[];
  /** In the order of the header; names differ. */
  readonly attachments: readonly AttachmentFacts[];
  /** Only of what a resident answered. */
  readonly visit?: VisitFacts | undefined;
  /** Id of the venue that the worker says they were at. */
  readonly venue?: string | undefined;
}

export interface VisitFacts {
  /** UUID. */
  readonly poster: string;
  /** The code that the person keeps; the header names its hash. */
  readonly reference: string;
}

/** A part of the answers that can be erased by itself. */
export interface PartFacts {
  /** main | equality | contact */
  readonly name: string;
  /** JSON text of its finalised answers. */
  readonly answersJson: string;
  /** A salt of its own, or one part's would tell about another's. */
  readonly salt: Uint8Array;
}

export interface AttachmentFacts {
  readonly name: string;
  readonly sha256: string;
  /** Length. */
  readonly bytes: number;
  /** `image/jpeg` */
  readonly type: string;
}

/** As it goes on the wire and on disk: verbatim texts. */
export interface Revision {
  readonly rev: string;
  readonly header: string;
  readonly parts: readonly string[];
}

export function newResponseId(milliseconds: number, random: Uint8Array): string {
  return uuid7(milliseconds, random);
}

export function buildRevision(facts: RevisionFacts): Revision {
  const parts = facts.parts.map(partText);
  const header = headerText(facts, parts);
  return { rev: sha256(header), header, parts };
}

/** The answers are pasted in as the engine wrote them: parsing them here could only change them. */
function partText({ salt, answersJson }: PartFacts): string {
  if (salt.length !== SALT_BYTES) throw new Error(`A salt has ${SALT_BYTES} bytes; ${salt.length} were given.`);
  return `{"salt":"${hex(salt)}","answers":${answersJson}}`;
}

function headerText(facts: RevisionFacts, parts: readonly string[]): string {
  const members = [
    '"v":1',
    `"id":${JSON.stringify(facts.responseId)}`,
    `"parents":[${facts.corrects === undefined ? '' : JSON.stringify(facts.corrects)}]`,
    `"kind":"${facts.corrects === undefined ? 'create' : 'edit'}"`,
    '"origin":"device"',
    `"form":${formText(facts)}`,
    `"lang":${JSON.stringify(facts.lang)}`,
    `"neighbourhood":${JSON.stringify(facts.neighbourhood)}`,
    `"author":${JSON.stringify(facts.author)}`,
    `"device":${JSON.stringify(facts.device)}`,
    `"made_at":${JSON.stringify(facts.madeAt)}`,
    `"parts":[${facts.parts.map(({ name }, place) => referenceText(name, sha256(parts[place] ?? '')))}]`,
    `"attachments":[${facts.attachments.map(attachmentText)}]`,
    ...(facts.visit === undefined ? [] : visitTexts(facts.visit)),
    ...(facts.venue === undefined ? [] : [`"venue":${JSON.stringify(facts.venue)}`]),
  ];
  return `{${members.join(',')}}`;
}

function referenceText(name: string, sha: string): string {
  return `{"name":${JSON.stringify(name)},"sha256":"${sha}"}`;
}

function attachmentText({ name, sha256: sha, bytes, type }: AttachmentFacts): string {
  return `{"name":${JSON.stringify(name)},"sha256":"${sha}","bytes":${bytes},"type":${JSON.stringify(type)}}`;
}

function visitTexts({ poster, reference }: VisitFacts): readonly string[] {
  return [`"poster":${JSON.stringify(poster)}`, `"reference":"${referenceHash(reference)}"`];
}

/** Written by hand so that a language tag, whatever it is, stays an ordinary key in its own place. */
function formText(facts: RevisionFacts): string {
  const texts = [...facts.texts].map(([lang, sha]) => `${JSON.stringify(lang)}:${JSON.stringify(sha)}`);
  const { id, version, logic } = facts.form;
  return `{"id":${JSON.stringify(id)},"version":${JSON.stringify(version)},"logic":${JSON.stringify(logic)},"texts":{${texts.join(',')}}}`;
}
