/** A second enrolment link on a phone that works already: it may be somebody else's, so a person decides. */

import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';

interface OtherLinkProps {
  /** By name. */
  readonly neighbourhood: string;
  readonly use: () => void;
}

export function OtherLink({ neighbourhood, use }: OtherLinkProps) {
  const { t } = useTools().app.words;
  const title = t('A new link for this phone');
  return (
    <>
      <PageHeading title={title} page="other-link">
        {title}
      </PageHeading>
      <p class="lead">
        {t('This phone already works in {neighbourhood}. Use the new link instead?', { neighbourhood })}
      </p>
      <p>
        {t(
          'The interviews you have started stay on this phone. They still belong to the neighbourhood where you started them.',
        )}
      </p>
      <div class="buttons">
        <a class="button" href="/">
          {t('No, go on as before')}
        </a>
        <button type="button" class="button button-second" onClick={use}>
          {t('Use the new link')}
        </button>
      </div>
    </>
  );
}
