/** Locks the phone, or frees it for another person. */

import { useTools } from '../tools.ts';
import { usePeople } from './use-people.ts';

export function LockButton() {
  const { app } = useTools();
  const { t } = app.words;
  const people = usePeople();
  if (people === undefined) return null;
  const me = people.list.find(({ id }) => id === app.lock.value.worker?.id);
  return (
    <button type="button" class="button button-quiet" onClick={() => people.lock()}>
      {me?.hasPin ? t('Lock this phone') : t('Switch person')}
    </button>
  );
}
