/** All answers on one page, each a step from being changed; problems on top; and the button that finishes the interview. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isSkipped } from '../../app/declining.ts';
import type { App, FinaliseOutcome, Interview } from '../../app/index.ts';
import { type Page, type PagePart, pageOf, partOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import { AnswerTree } from '../pieces/answer-tree.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { isResident } from '../pieces/resident.ts';
import { Shown } from '../pieces/shown.tsx';
import { problemText } from '../questions/problem-text.ts';
import { trimTyped } from '../questions/trimmed.ts';
import { labelOf } from '../questions/worded-form.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { declined } from './declined.ts';
import { PageTop } from './page-top.tsx';
import { afterCheck, checkOf, routeTo } from './route-to.ts';
import { thingsAround } from './things-around.ts';
import { Trail } from './trail.tsx';

interface CheckProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly part: PagePart;
}

/** The equality questions come after all others were checked, and are checked by themselves. */
export function Check({ interview, pages, part }: CheckProps) {
  const next = afterCheck(pages, part);
  const isLeftOut = part === 'equality' && isSkipped(interview.form, pages);
  const title = checkTitle(useTools().app, isLeftOut ? 'left-out' : part);
  // What is checked is what will be kept.
  useEffect(() => trimTyped(interview), [interview]);
  return (
    <>
      <PageTop interview={interview} pages={pages} page={part} />
      <PageHeading title={title} page={`check-${part}`}>
        {title}
      </PageHeading>
      <Problems interview={interview} pages={pages} part={part} />
      {!isLeftOut && (
        <AnswerTree
          worded={interview}
          wanted={(node) => partOf(node.definition) === part}
          changeLink={(page) => pathOf(routeTo(interview, page))}
        />
      )}
      {next === undefined ? <Finish interview={interview} /> : <GoOn interview={interview} part={part} next={next} />}
    </>
  );
}

/** `left-out`: there is nothing to check of the equality questions, and all can be sent. */
function checkTitle(app: App, part: PagePart | 'left-out'): string {
  const { t } = app.words;
  if (part === 'left-out') return isResident(app) ? t('Send your answers') : t('Finish the interview');
  if (isResident(app)) return part === 'main' ? t('Check your answers') : t('Check your answers about you');
  return part === 'main' ? t('Check the answers') : t('Check the answers about the person');
}

/** What has to be put right before one can go on from here: in the end, all of it. */
function problemsOf(interview: Interview, part: PagePart, isLast: boolean) {
  return interview.problems.value.filter(({ node }) => isLast || partOf(topOf(node).definition) === part);
}

/** The node directly below the root that this one is in. */
function topOf(node: InstanceNode): InstanceNode {
  const { parent } = node;
  return parent?.parent === undefined ? node : topOf(parent);
}

function GoOn({
  interview,
  part,
  next,
}: {
  readonly interview: Interview;
  readonly part: PagePart;
  readonly next: Page;
}) {
  const { app, router } = useTools();
  const goOn = (): void => {
    if (problemsOf(interview, part, false).length === 0) router.go(routeTo(interview, next));
    else document.getElementById('problems')?.focus();
  };
  return (
    <div class="stack-close">
      {isResident(app) && (
        <p>{app.words.t('Nothing is sent yet. A few more questions come next. You can leave them out.')}</p>
      )}
      <button type="button" class="button button-wide" onClick={goOn}>
        {app.words.t('Continue')}
      </button>
    </div>
  );
}

function Problems({ interview, pages, part }: CheckProps) {
  const { words } = useTools().app;
  const problems = problemsOf(interview, part, afterCheck(pages, part) === undefined);
  if (problems.length === 0) return null;
  return (
    <div class="notice notice-bad" id="problems" tabIndex={-1}>
      <h2>{words.t('Put this right before you finish')}</h2>
      <ul>
        {problems.map(({ node, path }) => (
          <li key={path}>
            <ProblemLink interview={interview} pages={pages} part={part} node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ProblemLink({ interview, pages, part, node }: CheckProps & { readonly node: InstanceNode }) {
  const { words } = useTools().app;
  const page = pageOf(pages, node);
  const around = page === undefined ? [] : thingsAround(interview, pages, page);
  return (
    <a href={pathOf(page === undefined ? checkOf(interview, part) : routeTo(interview, page))}>
      <Trail names={[...around, labelOf(interview, node)]} />
      {' – '}
      <Shown words={problemText(words, interview, node)} />
    </a>
  );
}

type Trouble = Exclude<FinaliseOutcome['kind'], 'finalised' | 'has-problems'>;

function Finish({ interview }: { readonly interview: Interview }) {
  const { app, router } = useTools();
  const { words, actions } = app;
  const trouble = useSignal<Trouble | undefined>(undefined);
  const busy = useRef(false);
  const finish = async (): Promise<void> => {
    if (busy.current) return;
    const end = declined(app, interview);
    if (end !== undefined) return router.replace(end);
    busy.current = true;
    const { kind } = await actions.finalise(interview.responseId);
    busy.current = false;
    if (kind === 'finalised') router.replace({ screen: 'finished', responseId: interview.responseId });
    else if (kind === 'has-problems') document.getElementById('problems')?.focus();
    else trouble.value = kind;
  };
  return (
    <div class="stack-close">
      {isResident(app) && <p>{words.t('The team sees nothing until you press “Send my answers”.')}</p>}
      <p>{finishPromise(app)}</p>
      {trouble.value !== undefined && (
        <p class="notice notice-bad" role="alert">
          {finishTrouble(words, trouble.value)}
        </p>
      )}
      <button type="button" class="button button-wide" onClick={finish}>
        {isResident(app) ? words.t('Send my answers') : words.t('Finish the interview')}
      </button>
    </div>
  );
}

function finishPromise(app: App): string {
  const { t } = app.words;
  if (isResident(app))
    return t(
      'When you press the button, your answers are sent as soon as there is a connection. Then you get a code. With it you can read your answers or take them back.',
    );
  return t(
    'When you finish, this interview is sent by itself as soon as there is a connection. You can still read it here then, and correct it.',
  );
}

function finishTrouble({ t }: Words, trouble: Trouble): string {
  switch (trouble) {
    case 'not-found':
      return t('There is no unfinished interview at this address. It may be finished, or removed.');
    case 'storage-failed':
      return t(
        'This phone could not save the finished interview. Your answers are still here. Close other apps, then try again.',
      );
  }
}
