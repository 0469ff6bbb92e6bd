/** What stands and works beside the questions: nobody waits for it. */

import type { Signal } from '@preact/signals';
import type { Interview } from '../../app/index.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import { Originals } from '../pieces/originals.tsx';
import { useTrimming } from '../questions/trimmed.ts';
import { CorrectionNote } from './correction-note.tsx';
import { StartPosition } from './start-position.tsx';

export interface BesideProps {
  readonly interview: Interview;
  readonly promises: boolean;
  readonly found: Signal<TextPack | undefined>;
}

export function Beside({ interview, promises, found }: BesideProps) {
  useTrimming(interview);
  return (
    <>
      <CorrectionNote responseId={interview.responseId} />
      <Originals interview={interview} promises={promises} found={found} />
      {interview.positionsToAsk.length > 0 && <StartPosition interview={interview} />}
    </>
  );
}
