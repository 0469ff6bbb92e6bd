/** What locking needs of a browser, for tests: touches when the test says so, and tabs that hear each other. */

import type { Guard } from '../../environment.ts';

export interface TestGuard extends Guard {
  hear(news: string): void;
  touch(): void;
}

/** As a browser's; whatever one tab tells, the others of this phone hear. */
export function testGuard(all: readonly TestGuard[]): TestGuard {
  const listeners: ((news: string) => void)[] = [];
  const touched: (() => void)[] = [];
  const guard: TestGuard = {
    subtle: crypto.subtle,
    rounds: async () => 100,
    onTouch: (listener) => void touched.push(listener),
    tell(news) {
      for (const other of all) if (other !== guard) other.hear(news);
    },
    onNews: (listener) => void listeners.push(listener),
    hear(news) {
      for (const listener of listeners) listener(news);
    },
    touch() {
      for (const listener of touched) listener();
    },
  };
  return guard;
}
