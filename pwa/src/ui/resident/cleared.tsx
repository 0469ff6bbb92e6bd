/** Nothing can be read on this phone: what is still on its way, and the way for the next person. */

import type { Poster, Visits } from '../../app/index.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';

export function Cleared({ poster, visits }: { readonly poster: Poster | undefined; readonly visits: Visits }) {
  const { t } = useTools().app.words;
  return (
    <>
      <PageHeading title={t('This phone is clear')} page="cleared">
        {t('This phone is clear')}
      </PageHeading>
      <p class="lead">{t('No screen on this phone shows any answers.')}</p>
      <Sealed />
      <PagesLeft visits={visits} />
      {poster !== undefined && (
        <a class="button" href={pathOf({ screen: 'visit', code: poster.code })} rel="external">
          {t('Answer questions at {venue}', { venue: poster.venue })}
        </a>
      )}
    </>
  );
}

/** Without a connection the browser could not be told to drop its pages. */
export function PagesLeft({ visits }: { readonly visits: Visits }) {
  const { t } = useTools().app.words;
  return (
    <p role="status">
      {visits.forgetting.pagesLeft.value &&
        t('There is no connection now. Close this page, so that nobody can go back to what was typed.')}
    </p>
  );
}

/** What is still to be sent is counted, and nothing more is said of it. */
export function Sealed() {
  const { words, sync, responses } = useTools().app;
  const readable = responses.value.filter(({ state }) => state === 'finalised').length;
  const count = sync.value.waiting - readable;
  return (
    <p role="status">
      {count > 0 &&
        words.plural(
          '{count} set of answers has not been sent yet. It is still on this phone, but no screen shows it. It goes by itself when there is a connection, and then it is deleted here.',
          '{count} sets of answers have not been sent yet. They are still on this phone, but no screen shows them. They go by themselves when there is a connection, and then they are deleted here.',
          count,
        )}
    </p>
  );
}
