/** One question: what is asked, a hint, what is wrong, and the control that fits its kind. */

import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Icon } from '../pieces/icons.tsx';
import { LabelMedia } from '../pieces/label-media.tsx';
import { Later } from '../pieces/later.tsx';
import { Original, OriginalsContext, originalOf } from '../pieces/original.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { type ControlKind, controlKind, hasOneField } from './appearance.ts';
import { ManyChoices, OneChoice } from './choices.tsx';
import { Guidance } from './guidance.tsx';
import { problemText } from './problem-text.ts';
import { questionId } from './question-id.ts';
import { NumberField, TextField } from './typed.tsx';
import { labelOf, liveForm } from './worded-form.ts';

/** What every control gets. `describedBy`: ids of hint and problem, for `aria-describedby`. */
export interface ControlProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly wrong: boolean;
  readonly describedBy: string | undefined;
  /** True when no other question stands on its page. */
  readonly alone: boolean;
}

interface QuestionProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  /** Address of the page, when this question stands alone on it and so is its heading. */
  readonly page?: string;
  readonly showProblem: boolean;
}

export function Question({ interview, node, page, showProblem }: QuestionProps) {
  const later = useTools().later.state.value;
  const id = questionId(node);
  const hint = liveForm(interview).text(node, 'hint', interview.pack.value);
  const wrong = showProblem && node.problem !== undefined;
  const originals = useContext(OriginalsContext);
  const original = originalOf(labelOf(interview, node), originals, (pack) =>
    liveForm(interview).text(node, 'label', pack),
  );
  const described = [original && `${id}-original`, hint && `${id}-hint`, wrong && `${id}-problem`].filter(
    (part) => typeof part === 'string',
  );
  const kind = kindOf(interview, node);
  const alone = page !== undefined;
  const control = {
    interview,
    node,
    wrong,
    alone,
    describedBy: described.length > 0 ? described.join(' ') : undefined,
  };
  return (
    <Asked {...control} page={page} kind={kind}>
      <LabelMedia
        words={liveForm(interview).text(node, 'label', interview.pack.value)}
        sound={node.definition.texts.label}
        node={node}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          <Shown words={hint} />
          <Original words={hint} find={(pack) => liveForm(interview).text(node, 'hint', pack)} />
        </p>
      )}
      <LabelMedia words={hint} sound={node.definition.texts.hint} />
      <Guidance interview={interview} node={node} />
      {wrong && <Wrong interview={interview} node={node} />}
      <Control {...control} kind={kind} />
      {later.kind === 'here' && kind === 'text' && <later.screens.KnownAssets interview={interview} node={node} />}
    </Asked>
  );
}

/** What is asked now: a question may be closed, or offer more choices, by an answer given elsewhere. */
function kindOf(interview: Interview, node: InstanceNode): ControlKind {
  if (node.readonly || node.definition.control === 'note') return 'given';
  const choices = node.definition.choices && liveForm(interview).choices(node, interview.pack.value);
  return controlKind(node.definition, choices?.length ?? 0);
}

interface AskedProps extends ControlProps {
  readonly page: string | undefined;
  readonly kind: ControlKind;
  readonly children: ComponentChildren;
}

/** A question with several controls is a fieldset with a legend; one with a single field has a label; a note is only said. */
function Asked({ interview, node, page, kind, wrong, describedBy, children }: AskedProps) {
  const label = <QuestionLabel interview={interview} node={node} page={page} isField={hasOneField(kind)} />;
  const id = `${questionId(node)}-original`;
  const original = (
    <Original id={id} words={labelOf(interview, node)} find={(pack) => liveForm(interview).text(node, 'label', pack)} />
  );
  return (
    <div class={wrong ? 'question-wrong' : undefined}>
      {kind !== 'given' && !hasOneField(kind) ? (
        <fieldset class="question" aria-describedby={describedBy} {...radios(kind, node, wrong)}>
          <legend class="question-label">{label}</legend>
          {original}
          {children}
        </fieldset>
      ) : (
        <div class="question">
          {label}
          {original}
          {children}
        </div>
      )}
    </div>
  );
}

/** Only one of them: then it can be told that one is needed. */
function radios(kind: ControlKind, { required }: InstanceNode, wrong: boolean) {
  return kind === 'one' ? ({ role: 'radiogroup', 'aria-required': required, 'aria-invalid': wrong } as const) : {};
}

function QuestionLabel({
  interview,
  node,
  page,
  isField,
}: {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly page: string | undefined;
  readonly isField: boolean;
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
  const id = questionId(node);
  const labelled = isField ? <label for={id}>{content}</label> : <span id={`${id}-label`}>{content}</span>;
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

function Control({ kind, ...control }: ControlProps & { readonly kind: ControlKind }) {
  switch (kind) {
    case 'given':
      return control.node.value === '' ? null : <Later draw={({ GivenAnswer }) => <GivenAnswer {...control} />} />;
    case 'text':
      return <TextField {...control} />;
    case 'whole-number':
      return <NumberField {...control} />;
    case 'one':
      return <OneChoice {...control} />;
    case 'many':
      return <ManyChoices {...control} />;
    default:
      return <Later draw={({ LaterControl }) => <LaterControl {...control} kind={kind} />} />;
  }
}
