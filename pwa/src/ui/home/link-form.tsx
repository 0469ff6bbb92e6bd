/** For a link that came by message: paste it instead of opening it. */

import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useTools } from '../tools.ts';
import { EnrolResult } from './enrol-result.tsx';
import { useEnrolling } from './enrolling.ts';

export function LinkForm() {
  const { t } = useTools().app.words;
  const link = useSignal('');
  const { stage, enrol } = useEnrolling();
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (link.value.trim() !== '') void enrol(link.value.trim());
  };
  return (
    <details class="fold">
      <summary>{t('Paste the link here instead')}</summary>
      <form class="stack-close" onSubmit={submit}>
        <label for="link">{t('Link from your coordinator')}</label>
        <input
          id="link"
          class="field"
          type="text"
          inputMode="url"
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          value={link}
          onInput={(event) => {
            link.value = event.currentTarget.value;
          }}
        />
        <EnrolResult stage={stage} />
        <button type="submit" class="button" aria-disabled={stage === 'asking'}>
          {t('Continue')}
        </button>
      </form>
    </details>
  );
}
