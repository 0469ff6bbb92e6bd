/** A PIN or a phrase is typed: hidden, unless the person wants to see it. */

import { useSignal } from '@preact/signals';
import type { TargetedInputEvent } from 'preact';
import { useTools } from '../tools.ts';

interface PinFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (typed: string) => void;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
}

export function PinField({ id, label, value, onInput, hint, wrong }: PinFieldProps) {
  const { t } = useTools().app.words;
  const shown = useSignal(false);
  const describedBy = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ');
  const field = {
    id,
    class: 'field',
    dir: 'auto',
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellcheck: false,
    value,
    'aria-invalid': wrong !== undefined,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class={wrong ? 'question question-wrong' : 'question'}>
      <label class="question-label question-label-small" for={id}>
        {label}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <p class="wrong" id={`${id}-wrong`} role="alert" hidden={!wrong}>
        {wrong}
      </p>
      {shown.value ? <input {...field} type="text" /> : <input {...field} type="password" />}
      <button
        type="button"
        class="button button-quiet"
        aria-pressed={shown.value}
        onClick={() => {
          shown.value = !shown.value;
        }}
      >
        {t('Show what I type')}
      </button>
    </div>
  );
}
