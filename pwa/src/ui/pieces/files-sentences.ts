/** What is said about photos and files that have not left this phone. */

import type { ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';

/** Photos and files go later than answers: as long as they have not, the state of the response alone would say too much. */
export function filesSentences({ plural }: Words, { photosHere, filesHere }: FilesHere): readonly string[] {
  const sentences: string[] = [];
  if (photosHere > 0) sentences.push(plural('{count} photo still to go.', '{count} photos still to go.', photosHere));
  if (filesHere > 0) sentences.push(plural('{count} file still to go.', '{count} files still to go.', filesHere));
  return sentences;
}

type FilesHere = Pick<ResponseSummary, 'photosHere' | 'filesHere'>;
