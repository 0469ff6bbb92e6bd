/** Who are you? And the PIN of whoever has one. */

import { type Signal, useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import type { People, Person, UnlockOutcome } from '../../app/index.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { AddPerson } from './add-person.tsx';
import { Forgotten } from './forgotten.tsx';
import { PinField } from './pin-field.tsx';
import { SlowButton, SlowLine, useSlow } from './slow.tsx';
import { type Failure, failureSentence } from './tried.ts';

export function LockScreen({ people }: { readonly people: People }) {
  const { app } = useTools();
  const { t } = app.words;
  const chosen = useSignal(app.lock.peek().worker?.id);
  const person = people.list.find(({ id }) => id === chosen.value);
  const title = t('This phone is locked');
  return (
    <>
      <PageHeading title={title} page={`lock ${chosen.value}`}>
        {title}
      </PageHeading>
      {app.signOff.value === 'under-way' && (
        <p class="notice notice-wait">
          {t(
            'Your team signed this phone off. Type your PIN, so that your unfinished interviews are sent too. Nothing is removed before.',
          )}
        </p>
      )}
      {person?.hasPin ? (
        <OfPerson key={person.id} people={people} person={person} chosen={chosen} />
      ) : (
        <Choose people={people} chosen={chosen} />
      )}
    </>
  );
}

interface ChooseProps {
  readonly people: People;
  readonly chosen: Signal<string | undefined>;
}

function Choose({ people, chosen }: ChooseProps) {
  const { app } = useTools();
  const { t, plural } = app.words;
  const entered = useEntered();
  const choose = async ({ id, hasPin }: Person): Promise<void> => {
    if (hasPin) chosen.value = id;
    else entered(await people.enter(id), id);
  };
  return (
    <section class="stack">
      <h2>{t('Who are you?')}</h2>
      <ul class="cards">
        {people.list.map((person) => {
          const drafts = people.drafts(person.id).length;
          return (
            <li key={person.id} class="card">
              <button type="button" class="button button-wide button-second" onClick={() => choose(person)}>
                <bdi lang="">{person.name}</bdi>
              </button>
              {drafts > 0 && (
                <p class="quiet">
                  {plural('{count} interview is not finished.', '{count} interviews are not finished.', drafts)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      <AddPerson people={people} />
    </section>
  );
}

function OfPerson({ people, person, chosen }: ChooseProps & { readonly person: Person }) {
  const { words } = useTools().app;
  const { t } = words;
  const pin = useSignal('');
  const failure = useSignal<Failure | undefined>(undefined);
  const slow = useSlow();
  const entered = useEntered();
  const open = async (): Promise<void> => {
    failure.value = undefined;
    const outcome = await people.unlock(person.id, pin.value);
    if (outcome.kind !== 'open') failure.value = outcome;
    else entered(outcome, person.id);
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void slow.run(open);
  };
  return (
    <>
      <form class="stack" onSubmit={submit}>
        <PinField
          id="pin"
          label={t('PIN of {name}', { name: person.name })}
          value={pin.value}
          wrong={failure.value && failureSentence(words, failure.value)}
          onInput={(typed) => {
            pin.value = typed;
          }}
        />
        <div class="buttons">
          <SlowButton slow={slow}>{t('Open')}</SlowButton>
          <button
            type="button"
            class="button button-second"
            onClick={() => {
              chosen.value = undefined;
            }}
          >
            {t('I am somebody else')}
          </button>
        </div>
        <SlowLine slow={slow} />
      </form>
      <Forgotten people={people} person={person} onDone={() => entered({ kind: 'open' }, person.id)} />
    </>
  );
}

/** Whoever goes on is where they were; another person begins at the start. */
function useEntered(): (outcome: UnlockOutcome, id: string) => void {
  const { app, router } = useTools();
  const before = useSignal(app.lock.peek().worker?.id);
  return (outcome, id) => {
    if (outcome.kind === 'open' && id !== before.value) router.replace({ screen: 'home' });
  };
}
