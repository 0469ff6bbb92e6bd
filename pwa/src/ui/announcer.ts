/** Short messages about what just happened, some with an undo. Drawn by pieces/toast.tsx in a live region. */

import { type ReadonlySignal, signal } from '@preact/signals';

export interface Announcement {
  readonly text: string;
  readonly undo?: () => void;
}

export interface Announcer {
  readonly announcement: ReadonlySignal<Announcement | undefined>;
  say(announcement: Announcement): void;
  clear(): void;
}

/** Long enough to read, find and press Undo with a screen reader; pressing anything else does not hurry it. */
export const ANNOUNCEMENT_MILLISECONDS = 20_000;

export function makeAnnouncer(page: Window): Announcer {
  const announcement = signal<Announcement | undefined>(undefined);
  const timer = { id: 0 };
  const clear = (): void => {
    page.clearTimeout(timer.id);
    announcement.value = undefined;
  };
  return {
    announcement,
    clear,
    say: (next) => {
      clear();
      announcement.value = next;
      timer.id = page.setTimeout(clear, ANNOUNCEMENT_MILLISECONDS);
    },
  };
}
