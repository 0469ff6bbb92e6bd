/** On top of a page with problems: what is wrong, each a way to its question. Takes focus when Continue finds them. */

import { useEffect, useRef } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { Shown } from '../pieces/shown.tsx';
import { problemText } from '../questions/problem-text.ts';
import { questionId } from '../questions/question-id.ts';
import { labelOf } from '../questions/worded-form.ts';
import { useTools } from '../tools.ts';

interface ErrorSummaryProps {
  /** Counts the presses of Continue: each leads here. */
  readonly tries: number;
  readonly interview: Interview;
  readonly nodes: readonly InstanceNode[];
}

export function ErrorSummary({ tries, interview, nodes }: ErrorSummaryProps) {
  const { t } = useTools().app.words;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tries > 0) place.current?.focus();
  }, [tries]);
  // Who hears only the title hears that, too; it goes with the last problem.
  useEffect(() => {
    const { title } = document;
    const said = t('Problem: {title}', { title });
    document.title = said;
    return () => {
      // In another language by now it has a title of its own.
      if (document.title === said) document.title = title;
    };
  }, []);
  return (
    <div ref={place} class="notice notice-bad" role="alert" tabIndex={-1}>
      <h2>{t('Put this right to go on')}</h2>
      <ul>
        {nodes.map((node) => (
          <li key={node.path}>
            <ProblemLink interview={interview} node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ProblemLink({ interview, node }: { readonly interview: Interview; readonly node: InstanceNode }) {
  const { words } = useTools().app;
  const id = questionId(node);
  const jump = (event: MouseEvent): void => {
    event.preventDefault();
    const field = document.getElementById(id);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  };
  return (
    <a href={`#${id}`} onClick={jump}>
      <Shown words={labelOf(interview, node)} />
      {' – '}
      <Shown words={problemText(words, interview, node)} />
    </a>
  );
}
