/** Time and chance that only a test moves on. */

import type { Environment } from '../../environment.ts';

export interface Time extends Pick<Environment, 'clock' | 'random'> {
  turn(milliseconds: number): void;
  runTimers(): void;
}

/** Every look at the clock is a millisecond later; timers go off when the test says so; bytes follow from the time. */
export function clockAndChance(): Time {
  let milliseconds = Date.UTC(2026, 10, 20, 10);
  const timers = new Set<() => void>();
  return {
    clock: {
      now() {
        milliseconds += 1;
        return milliseconds;
      },
      offset: () => 0,
      after(_, run) {
        timers.add(run);
        return () => timers.delete(run);
      },
    },
    random: {
      bytes: (count) => new Uint8Array(count).map((_, index) => (milliseconds * 7 + index * 13) % 256),
      fraction: () => 0,
    },
    turn(by) {
      milliseconds += by;
    },
    runTimers() {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}
