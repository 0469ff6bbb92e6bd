/** What shows who somebody is before their PIN changes: the PIN of now, or the recovery code. What is wrong with it is said there. */

import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useTools } from '../tools.ts';
import { PinField } from './pin-field.tsx';
import { type Failure, failureSentence } from './tried.ts';

export interface Proof {
  readonly typed: string;
  readonly field: VNode;
  /** What came of it: said at the field, with the focus there, or (false) no matter of this field. Undefined: nothing is wrong now. */
  readonly judge: (failure: Failure | undefined) => boolean;
  readonly clear: () => void;
}

export function useProof(id: string, label: string): Proof {
  const { words } = useTools().app;
  const typed = useSignal('');
  const failure = useSignal<Failure | undefined>(undefined);
  const judge = (next: Failure | undefined): boolean => {
    const isOurs = next?.kind === 'wrong' || next?.kind === 'wait';
    failure.value = isOurs ? next : undefined;
    if (isOurs) document.getElementById(id)?.focus();
    return isOurs;
  };
  const type = (text: string): void => {
    typed.value = text;
    failure.value = undefined;
  };
  const wrong = failure.value && failureSentence(words, failure.value);
  return {
    typed: typed.value,
    field: <PinField id={id} label={label} value={typed.value} wrong={wrong} onInput={type} />,
    judge,
    clear: () => type(''),
  };
}
