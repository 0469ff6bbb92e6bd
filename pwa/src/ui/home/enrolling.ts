/** One attempt to make this phone somebody's, and how it stands. */

import { useSignal } from '@preact/signals';
import type { Enrolment, EnrolOutcome } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export type EnrolStage = 'not-asked' | 'asking' | EnrolOutcome;

export interface Enrolling {
  readonly stage: EnrolStage;
  /** A second tap while the first is under way does nothing. */
  enrol(secretOrLink: string): Promise<void>;
}

/** Where this phone works, when a new link could end that. Undefined: the link is all that it has been waiting for, or nobody works with it. */
export function neighbourhoodAtStake(enrolment: Enrolment): string | undefined {
  if (enrolment.kind !== 'enrolled' || enrolment.renewal === 'needed' || enrolment.role === 'resident')
    return undefined;
  return enrolment.neighbourhood.name;
}

export function useEnrolling(): Enrolling {
  const { app, router } = useTools();
  const stage = useSignal<EnrolStage>('not-asked');
  return {
    stage: stage.value,
    enrol: async (secretOrLink) => {
      if (stage.value === 'asking') return;
      stage.value = 'asking';
      stage.value = await app.actions.enrol(secretOrLink);
      if (stage.value === 'enrolled' && router.route.peek().screen !== 'enrol') router.go({ screen: 'enrol' });
    },
  };
}
