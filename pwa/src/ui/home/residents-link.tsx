/** An enrolment link on a phone where residents have answered: a person says what becomes of answers that are not finished. */

import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';

export function ResidentsLink({ use }: { readonly use: () => void }) {
  const { words, responses } = useTools().app;
  const { t, plural } = words;
  const title = t('People have answered on this phone');
  const drafts = responses.value.filter(({ state }) => state === 'draft').length;
  return (
    <>
      <PageHeading title={title} page="residents-link">
        {title}
      </PageHeading>
      <p class="lead">
        {t(
          'With this link it becomes a worker’s phone. No screen will show what those people answered, or their codes.',
        )}
      </p>
      <p>{t('Finished answers are sent, then they are deleted here.')}</p>
      {drafts > 0 && (
        <p class="notice">
          {plural(
            '{count} set of answers is not finished. It will be deleted. Let the person finish it first if you can.',
            '{count} sets of answers are not finished. They will be deleted. Let the people finish them first if you can.',
            drafts,
          )}
        </p>
      )}
      <div class="buttons">
        <a class="button" href="/">
          {t('No, go back to those answers')}
        </a>
        <button type="button" class="button button-second" onClick={use}>
          {t('Use the new link')}
        </button>
      </div>
    </>
  );
}
