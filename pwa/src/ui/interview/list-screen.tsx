/** The page of a repeat: what has been added, each to change or remove, and a way to add another. */

import type { Interview } from '../../app/index.ts';
import { firstPageIn, type ListPage, type Page, pageAfter, pagesOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { listTitle } from './instance-name.ts';
import { ListLine } from './list-line.tsx';
import { PageTop } from './page-top.tsx';
import { routeTo } from './route-to.ts';
import { StopLink } from './stop-link.tsx';

interface ListScreenProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly page: ListPage;
}

export function ListScreen({ interview, pages, page }: ListScreenProps) {
  const { t } = useTools().app.words;
  const title = listTitle(interview, page);
  return (
    <>
      <PageTop interview={interview} pages={pages} page={page} />
      <PageHeading title={title.text} page={page.address}>
        <Shown words={title} />
      </PageHeading>
      {page.instances.length === 0 && <p>{t('Nothing has been added yet.')}</p>}
      <ul class="cards">
        {page.instances.map((instance) => (
          <ListLine key={instance.position} interview={interview} pages={pages} list={page} instance={instance} />
        ))}
      </ul>
      <ListButtons interview={interview} pages={pages} page={page} />
      <StopLink />
    </>
  );
}

function ListButtons({ interview, pages, page }: ListScreenProps) {
  const { app, router } = useTools();
  const { t } = app.words;
  const check = routeTo(interview, undefined);
  const add = (): void => {
    const added = interview.addRepeat(page.parent, page.repeat);
    router.go(routeTo(interview, pageOfAdded(interview, page, added)));
  };
  const goOn = (): void => {
    if (router.cameFrom(check)) router.back(check);
    else router.go(routeTo(interview, pageAfter(pages, page)));
  };
  return (
    <div class="stack-close">
      <button type="button" class="button button-second button-wide" onClick={add}>
        <Icon name="plus" />
        {page.instances.length === 0 ? t('Add one') : t('Add another')}
      </button>
      <button type="button" class="button button-wide" onClick={goOn}>
        {t('Continue')}
      </button>
    </div>
  );
}

/** Straight to its first question; one without questions only appears in the list. */
function pageOfAdded(interview: Interview, list: ListPage, added: InstanceNode): Page {
  return firstPageIn(pagesOf(interview.form), list, added) ?? list;
}
