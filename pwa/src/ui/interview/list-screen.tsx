/** The page of a repeat: what has been added, each to change or remove, and a way to add another. How many there are may be fixed by the form. */

import type { Interview } from '../../app/index.ts';
import { firstPageIn, type ListPage, type Page, pageAfter, pagesOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Empty } from '../pieces/drawing.tsx';
import { MoreIcon } from '../pieces/more-icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Paged } from '../pieces/paged.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { listTitle } from './instance-name.ts';
import { ListLine } from './list-line.tsx';
import { PageTop } from './page-top.tsx';
import { checkOf, routeAfter, routeTo } from './route-to.ts';
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
      {page.repeat.count !== undefined && (
        <p>{t('The form sets how many there are here. You cannot add or remove any.')}</p>
      )}
      {page.instances.length === 0 && (
        <Empty>
          <p>
            {page.repeat.count === undefined ? t('Nothing has been added yet.') : t('There is nothing to answer here.')}
          </p>
        </Empty>
      )}
      <Paged all={page.instances} from={page.repeat.count === undefined ? 'end' : 'start'}>
        {(instances) => (
          <ul class="cards">
            {instances.map((instance) => (
              <ListLine key={instance.position} interview={interview} pages={pages} list={page} instance={instance} />
            ))}
          </ul>
        )}
      </Paged>
      <ListButtons interview={interview} pages={pages} page={page} />
      <StopLink />
    </>
  );
}

function ListButtons({ interview, pages, page }: ListScreenProps) {
  const { app, router } = useTools();
  const { t } = app.words;
  const check = checkOf(interview, page.part);
  const add = (): void => {
    const added = interview.addRepeat(page.parent, page.repeat);
    router.go(routeTo(interview, pageOfAdded(interview, page, added)));
  };
  const goOn = (): void => {
    if (router.cameFrom(check)) router.back(check);
    else router.go(routeAfter(interview, page, pageAfter(pages, page)));
  };
  const mayAdd = page.repeat.count === undefined;
  const isEmpty = page.instances.length === 0;
  // While there is nothing, adding is what most people are here for; after that, going on is.
  const [main, second] = ['button button-wide', 'button button-second button-wide'];
  return (
    <div class="stack-close">
      {mayAdd && (
        <button type="button" class={isEmpty ? main : second} onClick={add}>
          <MoreIcon name="plus" />
          {isEmpty ? t('Add one') : t('Add another')}
        </button>
      )}
      <button type="button" class={mayAdd && isEmpty ? second : main} onClick={goOn}>
        {t('Continue')}
      </button>
    </div>
  );
}

/** Straight to its first question; one without questions only appears in the list. */
function pageOfAdded(interview: Interview, list: ListPage, added: InstanceNode): Page {
  return firstPageIn(pagesOf(interview.form), list, added) ?? list;
}
