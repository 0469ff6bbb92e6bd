/** A world in which nothing happens by chance: for vectors and tests. */
import type { Surroundings } from './context.ts';
import { LATER_FUNCTIONS } from './functions-later.ts';

const MORNING = '2026-11-20T10:30:00.000+00:00';

/** uuid() counts: 00000000-0000-4000-8000-000000000001, …2. */
export function countingSurroundings(now: unknown = MORNING): Surroundings {
  let count = 0;
  return {
    now: typeof now === 'string' ? now : MORNING,
    uuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
    },
    random: () => 0.5,
    deviceId: 'device-1',
    userName: 'Ana',
    email: 'ana@example.org',
    phoneNumber: '+44 20 7946 0000',
    functions: LATER_FUNCTIONS,
  };
}
