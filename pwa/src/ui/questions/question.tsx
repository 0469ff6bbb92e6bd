/** One question: what is asked, a hint, what is wrong, and the control that fits its kind. */

import type { ComponentChildren } from 'preact';
import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Icon } from '../pieces/icons.tsx';
import { Later } from '../pieces/later.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { ManyChoices, OneChoice } from './choices.tsx';
import { problemText } from './problem-text.ts';
import { questionId } from './question-id.ts';
import { GivenAnswer, NumberField, TextField } from './typed.tsx';
import { labelOf, liveForm } from './worded-form.ts';

/** What every control gets. `describedBy`: ids of hint and problem, for `aria-describedby`. */
export interface ControlProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly wrong: boolean;
  readonly describedBy: string | undefined;
}

interface QuestionProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  /** Address of the page, when this question stands alone on it and so is its heading. */
  readonly page?: string;
  readonly showProblem: boolean;
}

export function Question({ interview, node, page, showProblem }: QuestionProps) {
  const id = questionId(node);
  const hint = liveForm(interview).text(node, 'hint', interview.pack.value);
  const wrong = showProblem && node.problem !== undefined;
  const described = [hint && `${id}-hint`, wrong && `${id}-problem`].filter((part) => typeof part === 'string');
  const control = { interview, node, wrong, describedBy: described.length > 0 ? described.join(' ') : undefined };
  return (
    <Asked interview={interview} node={node} page={page} wrong={wrong} describedBy={control.describedBy}>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          <Shown words={hint} />
        </p>
      )}
      {wrong && <Wrong interview={interview} node={node} />}
      <Control {...control} />
    </Asked>
  );
}

interface AskedProps extends ControlProps {
  readonly page: string | undefined;
  readonly children: ComponentChildren;
}

/** A question with several controls is a fieldset with a legend; one with a single field has a label; a note is only said. */
function Asked({ interview, node, page, wrong, describedBy, children }: AskedProps) {
  const label = <QuestionLabel interview={interview} node={node} page={page} />;
  return (
    <div class={wrong ? 'question-wrong' : undefined}>
      {isGroupOfControls(node) ? (
        <fieldset class="question" aria-describedby={describedBy}>
          <legend class="question-label">{label}</legend>
          {children}
        </fieldset>
      ) : (
        <div class="question">
          {label}
          {children}
        </div>
      )}
    </div>
  );
}

function QuestionLabel({
  interview,
  node,
  page,
}: {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly page: string | undefined;
}) {
  const { t } = useTools().app.words;
  const words = labelOf(interview, node);
  const optional = !node.required && !node.readonly && node.definition.control !== 'note';
  const content = (
    <>
      <Shown words={words} />
      {optional && <span class="optional"> {t('(optional)')}</span>}
    </>
  );
  const labelled = isField(node) ? <label for={questionId(node)}>{content}</label> : content;
  if (page === undefined) {
    const note = node.definition.control === 'note';
    return <div class={note ? undefined : 'question-label question-label-small'}>{labelled}</div>;
  }
  return (
    <PageHeading title={words.text} page={page}>
      {labelled}
    </PageHeading>
  );
}

function isGroupOfControls({ definition, readonly }: InstanceNode): boolean {
  return (
    !readonly && (definition.control === 'select1' || definition.control === 'select' || definition.type === 'geopoint')
  );
}

function isField(node: InstanceNode): boolean {
  return !node.readonly && node.definition.control === 'input' && !isGroupOfControls(node);
}

function Wrong({ interview, node }: { readonly interview: Interview; readonly node: InstanceNode }) {
  const { words } = useTools().app;
  return (
    <p class="wrong" id={`${questionId(node)}-problem`}>
      <Icon name="warning" />
      <span>
        <Shown words={problemText(words, interview, node)} />
      </span>
    </p>
  );
}

function Control(control: ControlProps) {
  const { definition, readonly } = control.node;
  if (readonly || definition.control === 'note') return <GivenAnswer {...control} />;
  if (definition.control === 'select1') return <OneChoice {...control} />;
  if (definition.control === 'select') return <ManyChoices {...control} />;
  if (definition.type === 'geopoint') return <Later draw={({ Position }) => <Position {...control} />} />;
  return definition.type === 'int' ? <NumberField {...control} /> : <TextField {...control} />;
}
