/**
 * What has just happened. Drawn by pieces/toast.tsx in the one polite live region of a page.
 *
 * - `say`: seen too, some with an undo.
 * - `tell`: only read out, for what the page shows elsewhere; when things have come to rest, each topic's last news once.
 */

import { type ReadonlySignal, signal } from '@preact/signals';

export interface Announcement {
  readonly text: string;
  readonly undo?: () => void;
}

export interface Announcer {
  readonly announcement: ReadonlySignal<Announcement | undefined>;
  /** To be read out. */
  readonly news: ReadonlySignal<string>;
  say(announcement: Announcement): void;
  /** '': what was told of this topic, and not read out yet, is of no more use. */
  tell(topic: string, text: string): void;
  clear(): void;
}

/** Long enough to read, find and press Undo with a screen reader; pressing anything else does not hurry it. */
export const ANNOUNCEMENT_MILLISECONDS = 20_000;

/** So long nobody types and nothing changes. */
export const PAUSE_MILLISECONDS = 1_500;

export function makeAnnouncer(page: Pick<Window, 'setTimeout' | 'clearTimeout'>): Announcer {
  const announcement = signal<Announcement | undefined>(undefined);
  const news = signal('');
  const told = new Map<string, string>();
  const timer = { id: 0, pause: 0 };
  const clear = (): void => {
    page.clearTimeout(timer.id);
    announcement.value = undefined;
  };
  return {
    announcement,
    news,
    clear,
    say: (next) => {
      clear();
      announcement.value = next;
      timer.id = page.setTimeout(clear, ANNOUNCEMENT_MILLISECONDS);
    },
    tell: (topic, text) => {
      told.set(topic, text);
      news.value = '';
      page.clearTimeout(timer.pause);
      timer.pause = page.setTimeout(() => {
        news.value = [...told.values()].join(' ').trim();
        told.clear();
      }, PAUSE_MILLISECONDS);
    },
  };
}
