/** Photos, recordings and files of a response: how they are named, and reading one again. */

import type { Environment } from '../environment.ts';
import { readAttachment } from '../store/attachments.ts';
import type { AttachmentReference, StoredAttachment } from '../store/schema.ts';
import { digestOf } from './digest.ts';
import type { FileOutcome, GivenFile } from './interview.ts';
import type { Storage } from './storage.ts';

const NAME_CHARACTERS = 16;
const EXTENSION = /\.([A-Za-z0-9]{1,8})$/;
/** A type that says nothing about the content; also when a browser knows none. */
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * Its name is made of its kind and its bytes: what the person's own device called it may say who is in it, and the same
 * photo given twice is one.
 */
export async function newAttachment(
  { content, type, givenName }: GivenFile,
  { responseId, environment }: { readonly responseId: string; readonly environment: Pick<Environment, 'digests'> },
): Promise<StoredAttachment> {
  const sha256 = await digestOf(content, environment);
  const name = `${kindOf(type)}-${sha256.slice(0, NAME_CHARACTERS)}.${extensionOf(type, givenName)}`;
  const bytes = content.byteLength;
  return { responseId, sha256, name, bytes, type: type === '' ? UNKNOWN_TYPE : type, content, givenName };
}

export interface Whose {
  readonly responseId: string;
  readonly files: readonly AttachmentReference[];
}

/** Checked against its hash and length: what the disk gives back may not be what was put there. */
export async function readFile(
  name: string,
  { responseId, files }: Whose,
  { storage, environment }: { readonly storage: Storage; readonly environment: Environment },
): Promise<FileOutcome> {
  const file = files.find((candidate) => candidate.name === name);
  if (file === undefined) return { kind: 'missing' };
  const { sha256, bytes } = file;
  const read = await storage.read((connection) => readAttachment(connection, { sha256, responseId }));
  const found = read.kind === 'done' ? read.value : undefined;
  if (found === undefined) return { kind: 'missing' };
  const whole = found.content.byteLength === bytes && (await digestOf(found.content, environment)) === sha256;
  return whole ? { kind: 'here', file: found } : { kind: 'damaged' };
}

function kindOf(type: string): string {
  const [kind = ''] = type.split('/');
  if (kind === 'image') return 'photo';
  return kind === 'audio' || kind === 'video' ? kind : 'file';
}

function extensionOf(type: string, givenName: string): string {
  if (type === 'image/jpeg') return 'jpg';
  return EXTENSION.exec(givenName)?.[1]?.toLowerCase() ?? /^[\w.-]+\/([a-z0-9]{1,8})/.exec(type)?.[1] ?? 'bin';
}
