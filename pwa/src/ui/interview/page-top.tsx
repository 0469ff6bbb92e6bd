/** Above the questions: back, saved or not, how far we are, whose thing this is about, and whether a person has checked the translation. */

import type { Interview } from '../../app/index.ts';
import { type Page, pageBefore, progressOf } from '../../app/pages.ts';
import { Icon } from '../pieces/icons.tsx';
import { Later } from '../pieces/later.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { routeTo } from './route-to.ts';
import { SaveStatus } from './save-status.tsx';
import { TranslationNotice } from './translation-notice.tsx';

interface PageTopProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  /** Absent: the answers to check, after the last page. */
  readonly page?: Page;
}

export function PageTop({ interview, pages, page }: PageTopProps) {
  return (
    <div class="page-top">
      <div class="line">
        <BackLink interview={interview} pages={pages} page={page} />
        <SaveStatus interview={interview} />
      </div>
      <Progress interview={interview} page={page} />
      <TranslationNotice interview={interview} />
      {page !== undefined && page.inside !== '' && (
        <Later draw={({ About }) => <About interview={interview} pages={pages} page={page} />} />
      )}
    </div>
  );
}

type Whereabouts = Pick<PageTopProps, 'pages'> & { readonly page: Page | undefined };

/** A link to the page that lies before this one, wherever we came from; the browser's own Back retraces the steps. */
function BackLink({ interview, pages, page }: Whereabouts & { readonly interview: Interview }) {
  const { app, router } = useTools();
  const check = routeTo(interview, undefined);
  const before = page === undefined ? pages.filter(({ scope }) => scope === '').pop() : pageBefore(pages, page);
  const toCheck = page !== undefined && router.cameFrom(check);
  const target = toCheck ? check : before === undefined ? ({ screen: 'home' } as const) : routeTo(interview, before);
  const back = (event: MouseEvent): void => {
    event.preventDefault();
    router.back(target);
  };
  return (
    <a class="back" href={pathOf(target)} onClick={back}>
      <Icon name="arrow" turns />
      {app.words.t('Back')}
    </a>
  );
}

function Progress({ interview, page }: Pick<PageTopProps, 'interview'> & { readonly page: Page | undefined }) {
  const { t } = useTools().app.words;
  const share = page === undefined ? 1 : progressOf(interview.form, page);
  return <progress class="progress" value={share} max={1} aria-label={t('How far you are')} />;
}
