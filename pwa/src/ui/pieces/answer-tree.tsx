/** Answers as the form groups them, in the language shown: to check before finishing, or to read afterwards. */

import { isShown, type Page, pagesOf } from '../../app/pages.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { numberIn } from '../interview/instance-name.ts';
import { answerTexts } from '../questions/answer-texts.ts';
import { KeptFile } from '../questions/kept-file.tsx';
import { uploadKind } from '../questions/upload-kind.ts';
import { labelOf, liveForm, type WordedForm } from '../questions/worded-form.ts';
import { useTools } from '../tools.ts';
import { Icon } from './icons.tsx';
import { Paged } from './paged.tsx';
import { type Said, Shown } from './shown.tsx';

interface AnswerTreeProps {
  readonly worded: WordedForm;
  /** Which of the nodes directly below the root; absent: all. */
  readonly wanted?: (node: InstanceNode) => boolean;
  /** Where each answer can be changed; absent: only to read. */
  readonly changeLink?: (page: Page) => string;
}

export function AnswerTree({ worded, wanted, changeLink }: AnswerTreeProps) {
  const pages = pagesByNode(changeLink === undefined ? [] : pagesOf(worded.form));
  const link = (node: InstanceNode): string | undefined => {
    const page = pages.get(node);
    return page && changeLink?.(page);
  };
  return <Section worded={worded} link={link} node={worded.form.root} wanted={wanted} level={2} />;
}

/** Made once for all answers: there may be thousands of both. */
function pagesByNode(pages: readonly Page[]): ReadonlyMap<InstanceNode, Page> {
  return new Map(
    pages.flatMap((page) => (page.kind === 'list' ? [] : page.nodes.map((node) => [node, page] as const))),
  );
}

interface SectionProps {
  readonly worded: WordedForm;
  readonly link: (node: InstanceNode) => string | undefined;
  readonly node: InstanceNode;
  readonly wanted?: ((node: InstanceNode) => boolean) | undefined;
  readonly level: number;
}

/** Runs of questions become one description list; what is between them becomes sections of its own. */
function Section({ worded, link, node, wanted = () => true, level }: SectionProps) {
  const parts = runs(node.children.filter((child) => child.relevant && wanted(child)));
  return (
    <div class="answers">
      {parts.map((run) => (
        <RunOf key={run[0].path} worded={worded} link={link} run={run} level={level} />
      ))}
    </div>
  );
}

/** Of many things in a list only the first are drawn, until somebody wants to see more. */
function RunOf({ worded, link, run, level }: Omit<SectionProps, 'node' | 'wanted'> & { readonly run: Run }) {
  if (run[0].definition.kind === 'leaf') {
    return (
      <dl>
        {run.map((leaf) => (
          <Answer key={leaf.path} worded={worded} node={leaf} link={link(leaf)} />
        ))}
      </dl>
    );
  }
  return (
    <Paged all={run} from="start">
      {(things) =>
        things.map((thing) => <Inner key={thing.path} worded={worded} link={link} node={thing} level={level} />)
      }
    </Paged>
  );
}

function Inner({ worded, link, node, level }: SectionProps) {
  if (!hasSomething(node)) return null;
  const title = liveForm(worded).text(node, 'label', worded.pack.value);
  const numbered = node.definition.kind === 'repeat';
  return (
    <section class={numbered ? 'inside' : undefined}>
      {title && <Heading level={level} title={title} number={numbered ? node.position : undefined} />}
      <Section worded={worded} link={link} node={node} level={title ? Math.min(level + 1, 4) : level} />
    </section>
  );
}

function Heading({
  level,
  title,
  number,
}: {
  readonly level: number;
  readonly title: Said;
  readonly number: number | undefined;
}) {
  const content = (
    <>
      <Shown words={title} />
      {number !== undefined && (
        <>
          {' '}
          <span lang={title.lang}>{numberIn(title.lang ?? '', number)}</span>
        </>
      )}
    </>
  );
  if (level === 2) return <h2>{content}</h2>;
  return level === 3 ? <h3>{content}</h3> : <h4>{content}</h4>;
}

function Answer({
  worded,
  node,
  link,
}: {
  readonly worded: WordedForm;
  readonly node: InstanceNode;
  readonly link: string | undefined;
}) {
  const { t } = useTools().app.words;
  const label = labelOf(worded, node);
  const id = `answer-${node.path}`;
  return (
    <div class="answer">
      <dt id={id}>
        <Shown words={label} />
      </dt>
      <Given worded={worded} node={node} />
      {link !== undefined && !node.readonly && (
        <dd class="answer-change">
          <a id={`${id}-change`} href={link} aria-labelledby={`${id}-change ${id}`}>
            {t('Change')}
          </a>
        </dd>
      )}
    </div>
  );
}

function Given({ worded, node }: { readonly worded: WordedForm; readonly node: InstanceNode }) {
  const { t } = useTools().app.words;
  const answers = answerTexts(worded, node);
  if (answers.length === 0 && node.problem !== undefined) {
    return (
      <dd class="wrong">
        <Icon name="warning" />
        {t('Still to be answered')}
      </dd>
    );
  }
  if (answers.length === 0) return <dd class="quiet">{t('Not answered')}</dd>;
  if (node.definition.control === 'upload')
    return (
      <dd class="answer-given">
        <KeptFile name={node.value} kind={uploadKind(node)} readFile={(name) => worded.readFile(name)} />
      </dd>
    );
  return (
    <>
      {answers.map((answer) => (
        <dd key={answer.text} class="answer-given">
          <Shown words={answer} />
        </dd>
      ))}
    </>
  );
}

/** Notes ask nothing, so they have no answer to look over, save one that the form itself has put in. */
function isAnswerable(node: InstanceNode): boolean {
  return isShown(node) && (node.definition.control !== 'note' || node.value !== '');
}

function hasSomething(node: InstanceNode): boolean {
  return node.relevant && (isAnswerable(node) || node.children.some(hasSomething));
}

type Run = readonly [InstanceNode, ...InstanceNode[]];

/** Neighbouring leaves together, and the instances of a repeat; everything else alone. */
function runs(nodes: readonly InstanceNode[]): readonly Run[] {
  const all: Run[] = [];
  for (const node of nodes.filter(hasSomething)) {
    const last = all[all.length - 1];
    const joins =
      last !== undefined &&
      (node.definition.kind === 'leaf' ? last[0].definition.kind === 'leaf' : last[0].definition === node.definition);
    if (joins) all[all.length - 1] = [...last, node];
    else all.push([node]);
  }
  return all;
}
