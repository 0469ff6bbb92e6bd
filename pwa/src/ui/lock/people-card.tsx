/** In the settings: who works with this phone, its PINs, and when it locks. */

import type { People } from '../../app/index.ts';
import { LOCK_AFTER } from '../../app/lock-watch.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { AddPerson } from './add-person.tsx';
import { Leaving } from './leaving.tsx';
import { LockButton } from './lock-button.tsx';
import { PinCard } from './pin-card.tsx';
import { usePeople } from './use-people.ts';

export function PeopleCard() {
  const { app } = useTools();
  const people = usePeople();
  const enrolment = app.enrolment.value;
  if (people === undefined || enrolment.kind !== 'enrolled') return null;
  const me = people.list.find(({ id }) => id === app.lock.value.worker?.id);
  return (
    <section class="stack" aria-labelledby="people">
      <h2 id="people">{app.words.t('People on this phone')}</h2>
      <Names people={people} alone={enrolment.name} />
      {app.lock.value.worker && <LockButton />}
      <AddPerson people={people} />
      <PinCard key={me?.hasPin ? 'on' : 'off'} people={people} me={me} />
      {me?.hasPin && <LockAfter people={people} />}
      {me && people.list.length > 1 && <Leaving people={people} me={me} />}
    </section>
  );
}

function Names({ people, alone }: { readonly people: People; readonly alone: string }) {
  const { t } = useTools().app.words;
  const list = people.list.length === 0 ? [{ id: '', name: alone, hasPin: false }] : people.list;
  return (
    <ul class="stack-close">
      {list.map(({ id, name, hasPin }) => (
        <li key={id}>
          <bdi lang="">{name}</bdi> <span class="quiet">· {hasPin ? t('with a PIN') : t('no PIN')}</span>
        </li>
      ))}
    </ul>
  );
}

function LockAfter({ people }: { readonly people: People }) {
  const { words } = useTools().app;
  return (
    <fieldset class="question">
      <legend class="question-label question-label-small">{words.t('Lock by itself when nobody touches it')}</legend>
      <div class="choices">
        {LOCK_AFTER.map((minutes) => (
          <div key={minutes} class="choice">
            <input
              class="choice-mark"
              type="radio"
              id={`lock-after-${minutes}`}
              name="lock-after"
              checked={people.autoLock.minutes.value === minutes}
              onChange={() => people.autoLock.choose(minutes)}
            />
            <label class="choice-card" for={`lock-after-${minutes}`}>
              {minutesSentence(words, minutes)}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function minutesSentence({ t, plural }: Words, minutes: number): string {
  return minutes === 0 ? t('Never') : plural('After {count} minute', 'After {count} minutes', minutes);
}
