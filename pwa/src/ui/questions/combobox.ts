/** Makes an existing text field the field of a combobox (ARIA 1.2): the list is drawn by whoever calls this. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

interface Wanted {
  readonly fieldId: string;
  /** How many options there are now. */
  readonly count: number;
  readonly choose: (place: number) => void;
}

export interface Combobox {
  readonly isOpen: boolean;
  /** -1: none. */
  readonly active: number;
  readonly listId: string;
  optionId(place: number): string;
  take(place: number): void;
}

export function useCombobox({ fieldId, count, choose }: Wanted): Combobox {
  const isWanted = useSignal(false);
  const active = useSignal(-1);
  const listId = `${fieldId}-options`;
  const isOpen = isWanted.value && count > 0;
  const place = active.value < count ? active.value : -1;
  const take = (taken: number): void => {
    isWanted.value = false;
    active.value = -1;
    choose(taken);
  };
  const latest = useRef({ count, isOpen, place, take });
  latest.current = { count, isOpen, place, take };
  useEffect(() => {
    const field = document.getElementById(fieldId);
    if (field === null) return;
    const want = (wanted: boolean) => () => {
      isWanted.value = wanted;
      active.value = -1;
    };
    const key = (event: KeyboardEvent): void => {
      const next = afterKey(event.key, latest.current);
      if (next === undefined) return;
      event.preventDefault();
      if (next === 'take') latest.current.take(latest.current.place);
      else if (next === 'close') isWanted.value = false;
      else {
        isWanted.value = true;
        active.value = next;
      }
    };
    const listeners = [
      ['focus', want(true)],
      ['input', want(true)],
      ['blur', want(false)],
    ] as const;
    for (const [name, listener] of listeners) field.addEventListener(name, listener);
    field.addEventListener('keydown', key);
    if (document.activeElement === field) isWanted.value = true;
    return () => {
      for (const [name, listener] of listeners) field.removeEventListener(name, listener);
      field.removeEventListener('keydown', key);
      for (const name of ATTRIBUTES) field.removeAttribute(name);
    };
  }, [fieldId]);
  useEffect(() => {
    const field = document.getElementById(fieldId);
    const isChosen = isOpen && place >= 0;
    field?.setAttribute('role', 'combobox');
    field?.setAttribute('aria-autocomplete', 'list');
    field?.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) field?.setAttribute('aria-controls', listId);
    else field?.removeAttribute('aria-controls');
    if (isChosen) field?.setAttribute('aria-activedescendant', `${listId}-${place}`);
    else field?.removeAttribute('aria-activedescendant');
  });
  return { isOpen, active: place, listId, optionId: (option) => `${listId}-${option}`, take };
}

const ATTRIBUTES = ['role', 'aria-autocomplete', 'aria-expanded', 'aria-controls', 'aria-activedescendant'] as const;

interface Now {
  readonly count: number;
  readonly isOpen: boolean;
  readonly place: number;
}

/** The option that is active next; undefined: the key is the field's own. */
export function afterKey(key: string, { count, isOpen, place }: Now): number | 'take' | 'close' | undefined {
  switch (key) {
    case 'ArrowDown':
      return count === 0 ? undefined : (place + 1) % count;
    case 'ArrowUp':
      return count === 0 ? undefined : place <= 0 ? count - 1 : place - 1;
    case 'Enter':
      return isOpen && place >= 0 ? 'take' : undefined;
    case 'Escape':
      return isOpen ? 'close' : undefined;
    default:
      return undefined;
  }
}
