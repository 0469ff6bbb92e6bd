/** Who works with this phone, once that part of the app is here. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { People } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export function usePeople(): People | undefined {
  const { app } = useTools();
  const people: Signal<People | undefined> = useSignal(undefined);
  useEffect(() => {
    void app.actions.people().then((found) => {
      people.value = found;
    });
  }, []);
  return people.value;
}
