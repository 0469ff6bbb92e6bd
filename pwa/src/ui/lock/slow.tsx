/** Work on a PIN takes some seconds on a slow phone: its button is off meanwhile, and it is said that it goes on. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useTools } from '../tools.ts';

export interface Slow {
  readonly busy: boolean;
  /** Nothing is begun while something is under way. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

export function useSlow(): Slow {
  const busy = useSignal(false);
  return {
    busy: busy.value,
    run: async (work) => {
      if (busy.peek()) return;
      busy.value = true;
      await work().finally(() => {
        busy.value = false;
      });
    },
  };
}

interface SlowButtonProps {
  readonly slow: Slow;
  readonly look?: 'button button-danger';
  /** Absent: it submits the form that it stands in. */
  readonly onClick?: () => void;
  readonly children: ComponentChildren;
}

export function SlowButton({ slow: { busy }, look, onClick, children }: SlowButtonProps) {
  return (
    <button
      type={onClick === undefined ? 'submit' : 'button'}
      class={look ?? 'button'}
      aria-disabled={busy}
      aria-busy={busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

/** Always there, so that it is read out when it begins to say something. */
export function SlowLine({ slow: { busy } }: { readonly slow: Slow }) {
  const { t } = useTools().app.words;
  return <p role="status">{busy && t('Working on it…')}</p>;
}
