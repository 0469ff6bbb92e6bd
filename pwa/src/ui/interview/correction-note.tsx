/** Above the questions of a correction: that it is one, and why a coordinator has sent the interview back. */

import { useTools } from '../tools.ts';

export function CorrectionNote({ responseId }: { readonly responseId: string }) {
  const { app } = useTools();
  const { t } = app.words;
  const response = app.responses.value.find(({ id }) => id === responseId);
  if (response?.corrects !== true) return null;
  const { review } = response;
  return (
    <div class="notice notice-wait">
      <p>{t('You are correcting an interview.')}</p>
      {review?.state === 'returned' && review.reason !== '' && <Reason reason={review.reason} />}
    </div>
  );
}

/** In the coordinator's own words. */
export function Reason({ reason }: { readonly reason: string }) {
  const { t } = useTools().app.words;
  return (
    <>
      <p>{t('Your coordinator asks you to correct this:')}</p>
      <blockquote>
        <bdi lang="" class="as-typed">
          {reason}
        </bdi>
      </blockquote>
    </>
  );
}
