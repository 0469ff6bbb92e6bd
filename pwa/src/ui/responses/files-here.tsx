/** Which photos and files of a response are nowhere but on this phone. */

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
          {sentence}
        </p>
      ))}
    </>
  );
}
