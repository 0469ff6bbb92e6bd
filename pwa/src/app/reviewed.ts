/** What a coordinator decided about a response of this phone, as far as it still stands here. */

import type { StoredDraft, StoredLine, StoredReview } from '../store/schema.ts';
import type { ResponseSummary } from './state.ts';

/** By response. */
export type Reviews = ReadonlyMap<string, StoredReview>;

/**
 * A decision holds until what it was about has been corrected here: then somebody has to look again. What a coordinator has changed by
 * themselves has a rev that this phone does not know, and is about the newest.
 */
export function reviewOf(
  newest: StoredDraft | StoredLine,
  lines: readonly StoredLine[],
  reviews: Reviews,
): StoredReview | undefined {
  const isDraft = 'answersJson' in newest;
  const review = reviews.get(isDraft ? newest.id : newest.responseId);
  if (review === undefined || isDraft) return newest.corrects === undefined ? undefined : review;
  const isOfOlder = lines.some(({ rev }) => rev === review.rev) && review.rev !== newest.rev;
  return isOfOlder || review.seq <= (newest.answered ?? 0) ? undefined : review;
}

export function withReview(summary: ResponseSummary, review: StoredReview | undefined): ResponseSummary {
  if (review === undefined || review.state === 'received') return summary;
  return { ...summary, review: { state: review.state, reason: review.reason } };
}
