/** All answers on one page, each a step from being changed; problems on top; and the button that finishes the interview. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { FinaliseOutcome, Interview } from '../../app/index.ts';
import { type Page, pageOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import { AnswerTree } from '../pieces/answer-tree.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { problemText } from '../questions/problem-text.ts';
import { labelOf } from '../questions/worded-form.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { PageTop } from './page-top.tsx';
import { routeTo } from './route-to.ts';
import { thingsAround } from './things-around.ts';
import { Trail } from './trail.tsx';

interface CheckProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
}

export function Check({ interview, pages }: CheckProps) {
  const { t } = useTools().app.words;
  return (
    <>
      <PageTop interview={interview} pages={pages} />
      <PageHeading title={t('Check the answers')} page="check">
        {t('Check the answers')}
      </PageHeading>
      <Problems interview={interview} pages={pages} />
      <AnswerTree worded={interview} changeLink={(page) => pathOf(routeTo(interview, page))} />
      <Finish interview={interview} />
    </>
  );
}

function Problems({ interview, pages }: CheckProps) {
  const { words } = useTools().app;
  const problems = interview.problems.value;
  if (problems.length === 0) return null;
  return (
    <div class="notice notice-bad" id="problems" tabIndex={-1}>
      <h2>{words.t('Put this right before you finish')}</h2>
      <ul>
        {problems.map(({ node, path }) => (
          <li key={path}>
            <ProblemLink interview={interview} pages={pages} node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ProblemLink({ interview, pages, node }: CheckProps & { readonly node: InstanceNode }) {
  const { words } = useTools().app;
  const page = pageOf(pages, node);
  const around = page === undefined ? [] : thingsAround(interview, pages, page);
  return (
    <a href={pathOf(routeTo(interview, page))}>
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
    busy.current = true;
    const { kind } = await actions.finalise(interview.responseId);
    busy.current = false;
    if (kind === 'finalised') router.replace({ screen: 'finished', responseId: interview.responseId });
    else if (kind === 'has-problems') document.getElementById('problems')?.focus();
    else trouble.value = kind;
  };
  return (
    <div class="stack-close">
      <p>
        {words.t(
          'When you finish, this interview is sent by itself as soon as there is a connection. After that you can read it here but not change it.',
        )}
      </p>
      {trouble.value !== undefined && (
        <p class="notice notice-bad" role="alert">
          {finishTrouble(words, trouble.value)}
        </p>
      )}
      <button type="button" class="button button-wide" onClick={finish}>
        {words.t('Finish the interview')}
      </button>
    </div>
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
