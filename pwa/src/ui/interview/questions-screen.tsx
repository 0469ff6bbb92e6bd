/** A page of one question, or of the questions of one group. Continue goes on only when they are answered right, and says what is not. */

import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import type { Interview } from '../../app/index.ts';
import { type Page, pageAfter, type QuestionsPage } from '../../app/pages.ts';
import { Original } from '../pieces/original.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { Question } from '../questions/question.tsx';
import { questionId } from '../questions/question-id.ts';
import { liveForm } from '../questions/worded-form.ts';
import { useTools } from '../tools.ts';
import { PageTop } from './page-top.tsx';
import { checkOf, routeAfter } from './route-to.ts';
import { StopLink } from './stop-link.tsx';

interface QuestionsScreenProps {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly page: QuestionsPage;
}

export function QuestionsScreen({ interview, pages, page }: QuestionsScreenProps) {
  const { app, router, later } = useTools();
  const shelf = later.state.value;
  const check = checkOf(interview, page.part);
  const fromCheck = router.cameFrom(check);
  const showProblems = useSignal(fromCheck);
  const tries = useSignal(0);
  const wrong = page.nodes.filter((node) => node.problem !== undefined);
  const goOn = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const [first] = page.nodes.filter((node) => node.problem !== undefined);
    if (first !== undefined) {
      showProblems.value = true;
      if (shelf.kind === 'here') tries.value += 1;
      // What comes later would take the focus from somebody who types by then; each question says itself what is wrong.
      else document.getElementById(questionId(first))?.focus();
      return;
    }
    // What a resident's screens need is here as long as one of them is.
    const end = shelf.kind === 'here' ? shelf.screens.declined(app, interview) : undefined;
    if (end !== undefined) router.replace(end);
    else if (fromCheck) router.back(check);
    else router.go(routeAfter(interview, page, pageAfter(pages, page)));
  };
  return (
    <>
      <PageTop interview={interview} pages={pages} page={page} />
      {shelf.kind === 'here' && (fromCheck || tries.value > 0) && wrong.length > 0 && (
        <shelf.screens.ErrorSummary tries={tries.value} interview={interview} nodes={wrong} />
      )}
      <form class="stack" noValidate onSubmit={goOn}>
        <Questions interview={interview} page={page} showProblems={showProblems.value} />
        <button type="submit" class="button button-wide">
          {app.words.t('Continue')}
        </button>
      </form>
      <StopLink />
    </>
  );
}

interface QuestionsProps {
  readonly interview: Interview;
  readonly page: QuestionsPage;
  readonly showProblems: boolean;
}

/** Alone on its page, a question is the heading of the page; in a group, the group is. */
function Questions({ interview, page, showProblems }: QuestionsProps) {
  const { t } = useTools().app.words;
  const [first] = page.nodes;
  if (page.group === undefined && first !== undefined) {
    return <Question interview={interview} node={first} page={page.address} showProblem={showProblems} />;
  }
  const title = page.group && liveForm(interview).text(page.group, 'label', interview.pack.value);
  return (
    <>
      <PageHeading title={title?.text ?? t('Questions')} page={page.address}>
        {title ? <Shown words={title} /> : t('Questions')}
      </PageHeading>
      <Original words={title} find={(pack) => page.group && liveForm(interview).text(page.group, 'label', pack)} />
      <div class="questions">
        {page.nodes.map((node) => (
          <Question key={node.definition.number} interview={interview} node={node} showProblem={showProblems} />
        ))}
      </div>
    </>
  );
}
