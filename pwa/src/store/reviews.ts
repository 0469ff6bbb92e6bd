/**
 * What coordinators decided about responses of this phone, as the feed told: one record per response, the last word of the log.
 * - Kept in the transaction that keeps the page and its cursor.
 * - A reset empties it: the log that told is no more, and the one that is tells from its start what it knows.
 * - Of a response of which no answer is left here nothing stays: a reason may repeat what was answered.
 */

import type { Change } from '../sync/messages.ts';
import type { Connection, Writing } from './connection.ts';
import type { StoredReview } from './schema.ts';

type ReviewChange = Extract<Change, { kind: 'review' }>;
type Reviewing = Pick<ReturnType<Writing<['reviews']>['objectStore']>, 'put' | 'clear' | 'delete'>;

export async function forgetReviews(reviews: Reviewing): Promise<void> {
  await reviews.clear();
}

export async function forgetReview(reviews: Reviewing, responseId: string): Promise<void> {
  await reviews.delete(responseId);
}

export async function keepReview(reviews: Reviewing, { id, rev, state, reason, seq }: ReviewChange): Promise<void> {
  await reviews.put({ responseId: id, rev, state, reason, seq });
}

/** In no order. */
export async function readReviews(connection: Connection): Promise<readonly StoredReview[]> {
  return connection.run((database) => database.getAll('reviews'));
}
