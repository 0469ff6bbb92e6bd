/** Signing out: not before every interview is finished or in other hands. What was finished goes on being sent. */

import { useSignal } from '@preact/signals';
import type { People, Person } from '../../app/index.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { failureSentence, type Saying } from './tried.ts';

interface LeavingProps {
  readonly people: People;
  readonly me: Person;
}

export function Leaving({ people, me }: LeavingProps) {
  const { app, router } = useTools();
  const { t } = app.words;
  const said = useSignal<Saying | undefined>(undefined);
  const drafts = people.drafts(me.id);
  const leave = async (): Promise<void> => {
    const outcome = await people.signOut();
    if (outcome === 'signed-out') router.replace({ screen: 'home' });
    else if (outcome === 'storage-failed' || outcome === 'alone')
      said.value = (now) => failureSentence(now, { kind: 'storage-failed' });
    else if (outcome.refused > 0)
      said.value = (now) => now.t('An interview of yours cannot be sent. Show this phone to your coordinator first.');
  };
  return (
    <details class="fold">
      <summary>{t('Sign out of this phone')}</summary>
      <div class="stack">
        {drafts.length > 0 ? (
          <HandOver people={people} me={me} drafts={drafts} />
        ) : (
          <>
            <p>{t('Your name goes from this phone. What you finished is still sent.')}</p>
            <button type="button" class="button button-danger" onClick={leave}>
              {t('Sign out')}
            </button>
          </>
        )}
        <p role="alert">{said.value?.(app.words)}</p>
      </div>
    </details>
  );
}

function HandOver({ people, me, drafts }: LeavingProps & { readonly drafts: readonly string[] }) {
  const { app, announcer } = useTools();
  const { t, plural } = app.words;
  const others = people.list.filter(({ id }) => id !== me.id);
  const to = useSignal(others[0]?.id ?? '');
  const hand = async (): Promise<void> => {
    const done: boolean[] = [];
    for (const draft of drafts) done.push(await people.handOver(draft, to.value));
    const text = done.every((isDone) => isDone) ? t('Handed over.') : failureSentence(app.words, { kind: 'elsewhere' });
    announcer.say({ text });
  };
  return (
    <>
      <p>
        {plural(
          '{count} interview of yours is not finished. Finish it, remove it, or hand it over first.',
          '{count} interviews of yours are not finished. Finish them, remove them, or hand them over first.',
          drafts.length,
        )}
      </p>
      <a class="back" href={pathOf({ screen: 'responses' })}>
        {t('Your interviews')}
      </a>
      <label for="hand-over-to">{t('Hand over to')}</label>
      <select
        id="hand-over-to"
        class="field"
        value={to.value}
        onChange={(event) => {
          to.value = event.currentTarget.value;
        }}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" class="button button-second" onClick={hand}>
        {t('Hand over')}
      </button>
    </>
  );
}
