/** On a phone that many use: the answers that somebody else began need not stay. Whoever pressed by mistake gets them back. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { App } from '../../app/index.ts';

type Undo = () => Promise<void>;

interface NotYoursProps {
  readonly app: App;
  readonly removed: Signal<Undo | undefined>;
  readonly responseId: string;
}

/** How to put back what was deleted. */
export function useRemoved(): Signal<Undo | undefined> {
  return useSignal<Undo | undefined>(undefined);
}

export function NotYours({ app, removed, responseId }: NotYoursProps) {
  const remove = async (): Promise<void> => {
    removed.value = (await app.visits.value?.forgetting.remove(responseId))?.undo;
  };
  return (
    <button type="button" class="back" onClick={remove}>
      {app.words.t('Not yours? Delete them')}
    </button>
  );
}

export function Removed({ app, removed }: Pick<NotYoursProps, 'app' | 'removed'>) {
  const undo = removed.value;
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone from the page.
  useEffect(() => said.current?.focus(), [undo]);
  if (undo === undefined) return null;
  const putBack = async (): Promise<void> => {
    await undo();
    removed.value = undefined;
  };
  return (
    <p ref={said} class="notice" role="status" tabIndex={-1}>
      {app.words.t('The answers were deleted.')}{' '}
      <button type="button" class="back" onClick={putBack}>
        {app.words.t('Undo')}
      </button>
    </p>
  );
}
