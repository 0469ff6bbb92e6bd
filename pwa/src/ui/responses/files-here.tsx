/** Which photos and files of a response are nowhere but on this phone, and which this phone has lost. */

import type { ResponseSummary } from '../../app/index.ts';
import { filesSentences } from '../pieces/files-sentences.ts';
import { Icon } from '../pieces/icons.tsx';
import { useTools } from '../tools.ts';

export function FilesHere({ response }: { readonly response: ResponseSummary }) {
  const { words } = useTools().app;
  return (
    <>
      {filesSentences(words, response).map((sentence) => (
        <p key={sentence} class="line-with-icon">
          <Icon name="clock" />
          <span>{sentence}</span>
        </p>
      ))}
      <Damaged count={response.filesDamaged} />
    </>
  );
}

function Damaged({ count }: { readonly count: number }) {
  const { plural } = useTools().app.words;
  if (count === 0) return null;
  return (
    <p class="line-with-icon wrong">
      <Icon name="warning" />
      <span>
        {plural(
          '{count} photo or file is damaged on this phone and cannot be sent. Tell your coordinator.',
          '{count} photos or files are damaged on this phone and cannot be sent. Tell your coordinator.',
          count,
        )}
      </span>
    </p>
  );
}
