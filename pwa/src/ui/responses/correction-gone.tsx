/** That a correction is not here any more, and why: else whoever made it would look for it. */

import type { ResponseSummary } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export function CorrectionGone({ response }: { readonly response: ResponseSummary }) {
  const { t } = useTools().app.words;
  if (response.correctionGone !== true || response.removedSafeSince !== undefined) return null;
  return <p>{t('The team had a part of it erased. Your correction went with it.')}</p>;
}
