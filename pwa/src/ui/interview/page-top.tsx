/** Above the questions: back, saved or not, how far we are, whose thing this is about, and whether a person has checked the translation. */

import type { Interview } from '../../app/index.ts';
import { type Page, type PagePart, pageBefore, pagesIn, progressOf } from '../../app/pages.ts';
import { Icon } from '../pieces/icons.tsx';
import { Later } from '../pieces/later.tsx';
import { isResident } from '../pieces/resident.ts';
import { spokenHere } from '../pieces/spoken-here.ts';
import { pathOf, type Route } from '../routes.ts';
import { useTools } from '../tools.ts';
import { afterCheck, checkOf, routeTo } from './route-to.ts';
import { SaveStatus } from './save-status.tsx';
import { TranslationNotice } from './translation-notice.tsx';

interface PageTopProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  /** A part: its answers to check, after its last page. */
  readonly page: Page | PagePart;
}

export function PageTop({ interview, pages, page }: PageTopProps) {
  const { app, later } = useTools();
  // As the server draws it; what cannot be saved is said on every page.
  const isFirst = isResident(app) && page === pages[0];
  return (
    <div class="page-top">
      <div class="line">
        <BackLink interview={interview} pages={pages} page={page} />
        {!isFirst && <SaveStatus interview={interview} />}
      </div>
      <Progress interview={interview} pages={pages} page={page} />
      <TranslationNotice interview={interview} />
      {spokenHere(app).length > 0 && (
        <div class={spokenHere(app).length > 1 ? 'heard' : undefined}>
          {later.state.value.kind === 'here' && <later.state.value.screens.ListenIn interview={interview} />}
        </div>
      )}
      {typeof page !== 'string' && page.inside !== '' && (
        <Later draw={({ About }) => <About interview={interview} pages={pages} page={page} />} />
      )}
    </div>
  );
}

/** A link to the page that lies before this one, wherever we came from; the browser's own Back retraces the steps. */
function BackLink({ interview, pages, page }: PageTopProps) {
  const { app, router } = useTools();
  const target = typeof page === 'string' ? beforeCheck(interview, pages, page) : beforePage(interview, pages, page);
  const check = typeof page === 'string' ? undefined : checkOf(interview, page.part);
  const to = check !== undefined && router.cameFrom(check) ? check : target;
  // A resident has come from a poster: there is nothing of ours before the first page.
  if (to.screen === 'home' && isResident(app))
    return <Later draw={({ WhoAsks }) => <WhoAsks interview={interview} />} />;
  const back = (event: MouseEvent): void => {
    event.preventDefault();
    router.back(to);
  };
  return (
    <a class="back" href={pathOf(to)} onClick={back}>
      <Icon name="arrow" turns />
      {app.words.t('Back')}
    </a>
  );
}

function beforePage(interview: Interview, pages: readonly Page[], page: Page): Route {
  const before = pageBefore(pages, page);
  if (before !== undefined) return routeTo(interview, before);
  return page.part === 'main' ? { screen: 'home' } : checkOf(interview, 'main');
}

function beforeCheck(interview: Interview, pages: readonly Page[], part: PagePart): Route {
  const [last] = pagesIn(pages, part)
    .filter(({ scope }) => scope === '')
    .slice(-1);
  return last === undefined ? { screen: 'home' } : routeTo(interview, last);
}

/** A check is as far as the last page before it, and the last of all is the end. */
function Progress({ interview, pages, page }: PageTopProps) {
  const { t } = useTools().app.words;
  const reached = typeof page === 'string' ? pagesIn(pages, page).slice(-1)[0] : page;
  const isEnd = reached === undefined || (typeof page === 'string' && afterCheck(pages, page) === undefined);
  const share = isEnd ? 1 : progressOf(interview.form, reached);
  return <progress class="progress" value={share} max={1} aria-label={t('How far you are')} />;
}
