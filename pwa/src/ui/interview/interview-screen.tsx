/** The pages of one interview: opens its draft when it is not open yet, then shows the page that the address names. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import { opensPart, type Page, type PagePart, pageAt, pageNear, pagesOf } from '../../app/pages.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import { Later } from '../pieces/later.tsx';
import { OriginalsContext } from '../pieces/original.tsx';
import { liveForm } from '../questions/worded-form.ts';
import type { Route } from '../routes.ts';
import { useTools } from '../tools.ts';
import type { BesideProps } from './beside.tsx';
import { QuestionsScreen } from './questions-screen.tsx';

type InterviewRoute = Extract<Route, { screen: 'fill' | 'check' }>;

/** The position of a person who checks the answers of a part. */
const CHECKS: Readonly<Record<PagePart, string>> = { main: 'check', equality: 'check-equality' };
/** So long after the first question, a slow phone has drawn it and can be tapped. */
const SETTLED_MILLISECONDS = 1_000;

export function InterviewScreen({ route }: { readonly route: InterviewRoute }) {
  const interview = useTools().app.interview.value;
  if (interview?.responseId !== route.responseId)
    return <Later draw={({ Opening }) => <Opening responseId={route.responseId} />} />;
  return <OpenInterview interview={interview} route={route} />;
}

function OpenInterview({ interview, route }: { readonly interview: Interview; readonly route: InterviewRoute }) {
  const pages = usePages(interview);
  const page = route.screen === 'fill' ? pageAt(pages, route.page) : undefined;
  const wanted = useRightAddress(interview, route, pages);
  useLater(interview);
  // The position is saved when the page changes.
  useEffect(() => {
    if (wanted === undefined) interview.goTo(route.screen === 'check' ? CHECKS[route.part] : route.page);
  }, [interview, wanted, route]);
  const originals = useSignal<TextPack | undefined>(undefined);
  const promises = page !== undefined && opensPart(pages, page);
  if (wanted !== undefined) return null;
  return (
    <OriginalsContext.Provider value={promises ? originals.value : undefined}>
      <BesideQuestions interview={interview} promises={promises} found={originals} />
      <PageScreen interview={interview} pages={pages} page={page ?? partOfCheck(route)} />
    </OriginalsContext.Provider>
  );
}

interface PageScreenProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly page: Page | PagePart;
}

function PageScreen({ interview, pages, page }: PageScreenProps) {
  if (typeof page === 'string')
    return <Later key={page} draw={({ Check }) => <Check interview={interview} pages={pages} part={page} />} />;
  if (page.kind === 'questions')
    return <QuestionsScreen key={page.address} interview={interview} pages={pages} page={page} />;
  return (
    <Later
      key={page.address}
      draw={({ ListScreen }) => <ListScreen interview={interview} pages={pages} page={page} />}
    />
  );
}

function partOfCheck(route: InterviewRoute): PagePart {
  return route.screen === 'check' ? route.part : 'main';
}

/** Nobody waits for it, so nothing is said while it is on its way. */
function BesideQuestions(props: BesideProps) {
  const state = useTools().later.state.value;
  return state.kind === 'here' ? <state.screens.Beside {...props} /> : null;
}

/** The first question is on the screen: now there is time for what the next ones may need, before the signal is gone. */
function useLater(interview: Interview): void {
  const { later } = useTools();
  useEffect(() => {
    const fetch = (): void => void later.fetch().then(() => interview.fetchMedia());
    const timer = setTimeout(fetch, SETTLED_MILLISECONDS);
    window.addEventListener('online', fetch);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', fetch);
    };
  }, [interview]);
}

/** Drawn again with every answer, because an answer can make pages come and go. */
export function usePages(interview: Interview): readonly Page[] {
  return pagesOf(liveForm(interview));
}

/** An address without a page, or with one that is gone, is put right without leaving a step in the history. */
function useRightAddress(interview: Interview, route: InterviewRoute, pages: readonly Page[]): Route | undefined {
  const { router } = useTools();
  const wanted = rightRoute(route, pages, interview.position.peek());
  // The address is looked at when it changes, or when its page has gone.
  useEffect(() => {
    if (wanted !== undefined) router.replace(wanted);
  }, [route, wanted === undefined]);
  return wanted;
}

function rightRoute(route: InterviewRoute, pages: readonly Page[], position: string): Route | undefined {
  if (route.screen === 'check' || pageAt(pages, route.page) !== undefined) return undefined;
  const { responseId } = route;
  const address = route.page === '' ? position : route.page;
  const near = address.startsWith(CHECKS.main) ? undefined : pageNear(pages, address);
  if (near !== undefined) return { screen: 'fill', responseId, page: near.address };
  return { screen: 'check', responseId, part: address === CHECKS.equality ? 'equality' : 'main' };
}
