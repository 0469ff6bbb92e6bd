/** Many things of one kind: some are drawn, and a button draws more, so that a page of a hundred opens as quickly as one of ten. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useTools } from '../tools.ts';

/** What a slow phone draws in a blink. */
const AT_ONCE = 20;

interface PagedProps<Thing> {
  readonly all: readonly Thing[];
  /** Which ones are drawn first: those at the end where new ones are added there. */
  readonly from: 'start' | 'end';
  readonly children: (things: readonly Thing[]) => ComponentChildren;
}

export function Paged<Thing>({ all, from, children }: PagedProps<Thing>) {
  const { plural } = useTools().app.words;
  const wanted = useSignal(AT_ONCE);
  const left = all.length - wanted.value;
  if (left <= 0) return <>{children(all)}</>;
  const button = (
    <button
      type="button"
      class="button button-second"
      onClick={() => {
        wanted.value += AT_ONCE;
      }}
    >
      {plural('Show more ({count} is not shown)', 'Show more ({count} are not shown)', left)}
    </button>
  );
  return from === 'start' ? (
    <>
      {children(all.slice(0, wanted.value))}
      {button}
    </>
  ) : (
    <>
      {button}
      {children(all.slice(left))}
    </>
  );
}
