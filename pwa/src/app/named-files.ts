/** Which files the answers of a response name, and how many and how large they may be. */

import type { Form, InstanceNode } from '../formlogic/form.ts';
import type { AttachmentReference, StoredAttachment } from '../store/schema.ts';

/** Largest file that is taken: 20 MiB, as much as a server takes. */
export const MOST_FILE_BYTES = 20 * 1_048_576;
/** So many are named in a header of 16 KiB with room to spare. */
export const MOST_FILES = 50;

/** The files that final answers name, in order of the form, each once. */
export function namedFiles(form: Form, given: readonly AttachmentReference[]): readonly AttachmentReference[] {
  const byName = new Map(given.map((file) => [file.name, file]));
  const named = [...new Set(uploadsIn(form.root).map(({ value }) => value))];
  return named.map((name) => byName.get(name)).filter((file) => file !== undefined);
}

export function referenceTo({ name, sha256, bytes, type }: StoredAttachment): AttachmentReference {
  return { name, sha256, bytes, type };
}

function uploadsIn(node: InstanceNode): readonly InstanceNode[] {
  if (!node.relevant) return [];
  const own = node.definition.control === 'upload' && node.value !== '' ? [node] : [];
  return [...own, ...node.children.flatMap(uploadsIn)];
}
