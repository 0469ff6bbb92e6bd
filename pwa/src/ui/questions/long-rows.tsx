/** The rows of a long list that are in sight, in a box as high as if all were there. */

import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Choice } from '../../formlogic/form.ts';
import { Shown } from '../pieces/shown.tsx';
import { RowHeights, scrolledTo } from './row-heights.ts';

interface LongRowsProps {
  readonly id: string;
  readonly labelledBy: string;
  readonly rows: readonly Choice[];
  readonly chosen: ReadonlySet<string>;
  /** The row that keys have come to; -1: none. */
  readonly active: number;
  readonly isSeveral: boolean;
  readonly pick: (choice: Choice) => void;
}

/** A row of one line, in pixels. */
const ESTIMATE = 56;
/** Rows drawn beyond what is in sight, on either side: enough for a screen reader to step on to, and for a swift thumb. */
const SPARE = 6;
/** Until it is drawn once. */
const BOX_HEIGHT = 420;

export function rowId(listId: string, row: number): string {
  return `${listId}-${row}`;
}

export function LongRows({ id, labelledBy, rows, chosen, active, isSeveral, pick }: LongRowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const scrolled = useSignal(0);
  const heights = useMeasured(box, rows);
  useInSight({ box, heights, active, scrolled, rows });
  const { first, end } = heights.window(scrolled.value, box.current?.clientHeight ?? BOX_HEIGHT, SPARE);
  return (
    <div
      ref={box}
      id={id}
      class="long-rows"
      role="listbox"
      tabIndex={-1}
      aria-labelledby={labelledBy}
      aria-multiselectable={isSeveral}
      onScroll={(event) => {
        scrolled.value = event.currentTarget.scrollTop;
      }}
    >
      <div role="presentation" class="long-space" style={{ height: `${heights.total}px` }}>
        {rows.slice(first, end).map((choice, index) => (
          <div
            key={first + index}
            id={rowId(id, first + index)}
            class={first + index === active ? 'long-row long-row-active' : 'long-row'}
            data-row={first + index}
            role="option"
            tabIndex={-1}
            aria-selected={chosen.has(choice.value)}
            aria-setsize={rows.length}
            aria-posinset={first + index + 1}
            style={{ top: `${heights.top(first + index)}px` }}
            onClick={() => pick(choice)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') pick(choice);
            }}
          >
            <span class={isSeveral ? 'long-mark' : 'long-mark long-mark-round'} />
            <Shown words={choice.label} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** After each drawing, rows tell how high they are; when that is news, it is drawn once more. */
function useMeasured(box: RefObject<HTMLDivElement | null>, rows: readonly Choice[]): RowHeights {
  const heights = useMemo(() => new RowHeights(rows.length, ESTIMATE), [rows]);
  const news = useSignal(0);
  news.value;
  useLayoutEffect(() => {
    const drawn = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const changes = drawn.filter((row) => heights.measure(Number(row.dataset['row']), row.offsetHeight));
    if (changes.length > 0) news.value += 1;
  });
  return heights;
}

interface Sight {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly heights: RowHeights;
  readonly active: number;
  readonly scrolled: Signal<number>;
  readonly rows: readonly Choice[];
}

/** What keys have come to is scrolled into sight; other rows begin at the top. */
function useInSight({ box, heights, active, scrolled, rows }: Sight): void {
  const scrollTo = (pixels: number): void => {
    if (box.current !== null) box.current.scrollTop = pixels;
    scrolled.value = pixels;
  };
  useLayoutEffect(() => scrollTo(0), [rows]);
  useEffect(() => {
    if (active >= 0) scrollTo(scrolledTo(heights, active, scrolled.peek(), box.current?.clientHeight ?? BOX_HEIGHT));
  }, [active]);
}
