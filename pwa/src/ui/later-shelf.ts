/** Fetches what is not needed for a first question, when it is wanted or when there is time. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeptLetters } from './letters/kept-letters.ts';

export type LaterScreens = typeof import('./later.ts');

/** `absent`: not asked for yet. `failed`: there was no way to fetch it; asking again tries again. */
export type LaterState =
  | { readonly kind: 'absent' | 'fetching' | 'failed' }
  | { readonly kind: 'here'; readonly screens: LaterScreens; readonly letters: KeptLetters };

export interface LaterShelf {
  readonly state: ReadonlySignal<LaterState>;
  /** Resolves when it is here, or cannot be had now. Here already, or on its way: nothing is fetched twice. */
  fetch(): Promise<void>;
}

export function makeLaterShelf(load: () => Promise<LaterScreens>): LaterShelf {
  const state = signal<LaterState>({ kind: 'absent' });
  return {
    state,
    async fetch() {
      const { kind } = state.peek();
      if (kind === 'here' || kind === 'fetching') return;
      state.value = { kind: 'fetching' };
      state.value = await load().then(
        (screens) => ({ kind: 'here', screens, letters: screens.lettersHere() }) as const,
        () => ({ kind: 'failed' }) as const,
      );
    },
  };
}
