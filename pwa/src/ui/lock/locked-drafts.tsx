/** On a phone that its team signed off: whose interviews wait for a PIN. */

import { useTools } from '../tools.ts';
import { usePeople } from './use-people.ts';

export function LockedDrafts() {
  const { app } = useTools();
  const { t, plural } = app.words;
  const people = usePeople();
  const waiting = (people?.list ?? []).filter(
    ({ id }) => id !== app.lock.value.worker?.id && (people?.drafts(id).length ?? 0) > 0,
  );
  if (people === undefined || waiting.length === 0) return null;
  return (
    <section class="card notice-wait">
      {waiting.map(({ id, name }) => (
        <p key={id}>
          {plural(
            '{count} interview of {name} is not finished. It waits until {name} types the PIN.',
            '{count} interviews of {name} are not finished. They wait until {name} types the PIN.',
            people.drafts(id).length,
            { name },
          )}
        </p>
      ))}
      <button type="button" class="button button-second" onClick={() => people.lock()}>
        {t('Switch person')}
      </button>
    </section>
  );
}
