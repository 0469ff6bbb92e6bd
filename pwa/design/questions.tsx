/** Each kind of question, blank, answered and wrong; above them the summary of what is wrong. */

import type { Interview } from '../src/app/index.ts';
import { ErrorSummary } from '../src/ui/interview/error-summary.tsx';
import { Question } from '../src/ui/questions/question.tsx';
import { liveForm } from '../src/ui/questions/worded-form.ts';
import { Board } from './boards.tsx';

export function Questions({ interview }: { readonly interview: Interview }) {
  const nodes = liveForm(interview).root.children;
  const wrong = nodes.filter(({ problem }) => problem !== undefined);
  return (
    <Board name="Questions">
      <ErrorSummary tries={0} interview={interview} nodes={wrong} />
      <div class="questions">
        {nodes.map((node) => (
          <Question key={node.path} interview={interview} node={node} showProblem={node.path.endsWith('_wrong')} />
        ))}
      </div>
    </Board>
  );
}
