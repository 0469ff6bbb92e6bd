/** Answers that are typed: words on one or several lines, whole numbers in any digits. */

import { useSignal } from '@preact/signals';
import { hasAppearance } from './appearance.ts';
import { asciiNumber } from './digits.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function TextField(control: ControlProps) {
  const { interview, node, wrong, describedBy } = control;
  // Not only typing changes it: a known asset may have been chosen.
  liveForm(interview);
  // Telephone numbers and the like: digits, but nothing to reckon with.
  if (hasAppearance(node.definition, 'numbers')) return <NumberField {...control} />;
  const field = {
    id: questionId(node),
    class: 'field',
    lang: interview.pack.value.lang,
    dir: 'auto',
    autoComplete: 'off',
    value: node.value,
    'aria-invalid': wrong,
    'aria-describedby': describedBy,
    'aria-required': node.required,
  } as const;
  if (!hasAppearance(node.definition, 'multiline')) {
    return <input {...field} type="text" onInput={(event) => interview.answer(node, event.currentTarget.value)} />;
  }
  return <textarea {...field} rows={4} onInput={(event) => interview.answer(node, event.currentTarget.value)} />;
}

interface NumberFieldProps extends ControlProps {
  readonly inputMode?: 'numeric' | 'decimal';
  /** What is stored of what is typed. */
  readonly stored?: (typed: string) => string;
}

/** What was typed stays as it was typed, ٣ or ৩ or 3; what is stored is 3. */
export function NumberField({
  interview,
  node,
  wrong,
  describedBy,
  inputMode = 'numeric',
  stored = asciiNumber,
}: NumberFieldProps) {
  liveForm(interview);
  const typed = useSignal(node.value);
  const change = (text: string): void => {
    typed.value = text;
    interview.answer(node, stored(text));
  };
  return (
    <input
      id={questionId(node)}
      class="field field-short"
      type="text"
      inputMode={inputMode}
      dir="auto"
      autoComplete="off"
      value={stored(typed.value) === node.value ? typed.value : node.value}
      aria-invalid={wrong}
      aria-describedby={describedBy}
      aria-required={node.required}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}
