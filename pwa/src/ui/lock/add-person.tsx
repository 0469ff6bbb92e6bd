/** One more worker on this phone: a name is enough. */

import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import type { People } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { failureSentence, type Saying } from './tried.ts';

export function AddPerson({ people }: { readonly people: People }) {
  const { words } = useTools().app;
  const { t } = words;
  const name = useSignal('');
  const said = useSignal<Saying | undefined>(undefined);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const typed = name.value.trim();
    const outcome = await people.add(name.value);
    said.value = (now) => outcomeSentence(now, outcome, typed);
    if (outcome === 'added') name.value = '';
  };
  return (
    <details class="fold">
      <summary>{t('Add a person')}</summary>
      <form class="stack-close" onSubmit={submit}>
        <label for="person-name">{t('Name')}</label>
        <input
          id="person-name"
          class="field"
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={80}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button button-second">
          {t('Add a person')}
        </button>
        <p role="status">{said.value?.(words)}</p>
      </form>
    </details>
  );
}

function outcomeSentence(words: Words, outcome: Awaited<ReturnType<People['add']>>, name: string): string {
  const { t } = words;
  if (outcome === 'added') return t('{name} was added.', { name });
  if (outcome === 'same-name') return t('There is somebody with this name already. Add a second name.');
  return outcome === 'no-name' ? t('Type a name first.') : failureSentence(words, { kind: 'storage-failed' });
}
