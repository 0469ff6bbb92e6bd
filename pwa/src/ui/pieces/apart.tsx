/** A screen with a file of its own, so that it does not wait for all others; where that cannot be had, it comes with them. */

import type { Signal } from '@preact/signals';
import type { ComponentChild, FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LaterScreens } from '../later-shelf.ts';
import { useTools } from '../tools.ts';
import { Later } from './later.tsx';

export type ApartState = FunctionComponent | 'failed' | undefined;

interface ApartProps {
  /** What was fetched before is drawn at once. */
  readonly kept: Signal<ApartState>;
  readonly load: () => Promise<FunctionComponent>;
  readonly otherwise: (screens: LaterScreens) => ComponentChild;
}

export function Apart({ kept, load, otherwise }: ApartProps) {
  const { t } = useTools().app.words;
  useEffect(() => {
    if (typeof kept.peek() === 'function') return;
    void load()
      .catch(() => 'failed' as const)
      .then((found) => {
        kept.value = found;
      });
  }, []);
  const Screen = kept.value;
  if (Screen === undefined) return <p role="status">{t('Opening…')}</p>;
  return Screen === 'failed' ? <Later draw={otherwise} /> : <Screen />;
}
