import { isDeclined } from '../../app/declining.ts';
import type { App, Interview } from '../../app/index.ts';
import { pagesOf } from '../../app/pages.ts';
import { isResident } from '../pieces/resident.ts';
import type { Route } from '../routes.ts';

/** A resident who said no has come to the end: nothing of it is kept or sent. Refusals that a worker files are counted. */
export function declined(app: App, interview: Interview): Route | undefined {
  const isOver = isResident(app) && isDeclined(interview.form, pagesOf(interview.form));
  return isOver ? { screen: 'stop', responseId: interview.responseId } : undefined;
}
