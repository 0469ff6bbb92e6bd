import type { App } from '../../app/index.ts';

/** A resident answers about themselves; a worker asks somebody. */
export function isResident({ enrolment }: App): boolean {
  const state = enrolment.value;
  return state.kind === 'enrolled' && state.role === 'resident';
}
