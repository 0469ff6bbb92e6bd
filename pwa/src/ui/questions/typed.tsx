/** Answers that are typed: words on one or several lines, whole numbers in any digits; and an answer that the form works out itself. */

import { useSignal } from '@preact/signals';
import { Shown } from '../pieces/shown.tsx';
import { answerTexts } from './answer-texts.ts';
import { asciiNumber } from './digits.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function TextField({ interview, node, wrong, describedBy }: ControlProps) {
  const field = {
    id: questionId(node),
    class: 'field',
    dir: 'auto',
    autoComplete: 'off',
    value: node.value,
    'aria-invalid': wrong,
    'aria-describedby': describedBy,
    'aria-required': node.required,
  } as const;
  if (!node.definition.appearance.split(' ').includes('multiline')) {
    return <input {...field} type="text" onInput={(event) => interview.answer(node, event.currentTarget.value)} />;
  }
  return <textarea {...field} rows={4} onInput={(event) => interview.answer(node, event.currentTarget.value)} />;
}

/** What was typed stays as it was typed, ٣ or ৩ or 3; what is stored is 3. */
export function NumberField({ interview, node, wrong, describedBy }: ControlProps) {
  liveForm(interview);
  const typed = useSignal(node.value);
  const change = (text: string): void => {
    typed.value = text;
    interview.answer(node, asciiNumber(text));
  };
  return (
    <input
      id={questionId(node)}
      class="field field-short"
      type="text"
      inputMode="numeric"
      dir="auto"
      autoComplete="off"
      value={asciiNumber(typed.value) === node.value ? typed.value : node.value}
      aria-invalid={wrong}
      aria-describedby={describedBy}
      aria-required={node.required}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

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
