/** Finding choices while a person types, without holding up the phone. */

import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { prepareInPieces, type Searchable, searchChoices } from '../../app/choice-search.ts';
import type { Choice } from '../../formlogic/form.ts';

export interface Search {
  readonly query: ReadonlySignal<string>;
  readonly found: readonly Choice[];
  /** Choices are still being made ready: what is found is not yet what was looked for. */
  readonly busy: boolean;
  look(query: string): void;
  /** Somebody is about to type. */
  expect(): void;
}

export function useSearch(choices: readonly Choice[]): Search {
  const query = useSignal('');
  const wanted = useSignal(false);
  const searchable = useSearchable(choices, wanted.value);
  const isBlank = query.value.trim() === '';
  const found = useMemo(
    () => (isBlank || searchable === undefined ? choices : searchChoices(searchable, query.value)),
    [choices, searchable, query.value],
  );
  return {
    query,
    found,
    busy: !isBlank && searchable === undefined,
    look: (text) => {
      wanted.value = true;
      query.value = text;
    },
    expect: () => {
      wanted.value = true;
    },
  };
}

/** Piece by piece, with room for taps and keys in between. */
function useSearchable(choices: readonly Choice[], isWanted: boolean): Searchable | undefined {
  const ready = useSignal<Searchable | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || ready.peek()?.choices === choices) return;
    const pieces = prepareInPieces(choices);
    const next = (): void => {
      const piece = pieces.next();
      if (piece.done === true) ready.value = piece.value;
      else timer.id = setTimeout(next);
    };
    const timer = { id: setTimeout(next) };
    return () => clearTimeout(timer.id);
  }, [choices, isWanted]);
  return ready.value?.choices === choices ? ready.value : undefined;
}
