/** An answer that nobody may change here: worked out by the form, or put in by it. */

import { Shown } from '../pieces/shown.tsx';
import { answerTexts } from './answer-texts.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';

/** To a form, a note is a question that nobody may answer: most have no value, but one may have been put in. */
export function GivenAnswer({ interview, node }: ControlProps) {
  const answers = answerTexts(interview, node);
  if (answers.length === 0) return null;
  return (
    <output class="answer-given" id={questionId(node)}>
      {answers.map((answer) => (
        <p key={answer.text}>
          <Shown words={answer} />
        </p>
      ))}
    </output>
  );
}
