/** How much of this phone's storage we use, and whether the browser has promised to keep it. Unknown facts are left out. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { Fact } from './fact.tsx';

interface StorageUse {
  readonly bytes: number;
  readonly kept: boolean;
}

const BYTES_PER_MEGABYTE = 1_000_000;

export function StorageFacts() {
  const { words } = useTools().app;
  const use = useSignal<StorageUse | undefined>(undefined);
  // Looked up once, when the screen opens.
  useEffect(() => {
    void storageUse().then((found) => {
      use.value = found;
    });
  }, []);
  if (use.value === undefined) return null;
  return <Fact name={words.t('Saved on this phone')}>{useSentence(words, use.value)}</Fact>;
}

function useSentence({ t }: Words, { bytes, kept }: StorageUse): string {
  const megabytes = Math.max(0.1, Math.round((bytes / BYTES_PER_MEGABYTE) * 10) / 10);
  if (kept) return t('{megabytes} MB. The browser keeps it until you remove it.', { megabytes });
  return t('{megabytes} MB. Add Fieldwell to your home screen, so that the browser does not remove it.', { megabytes });
}

/** Old browsers and plain http have no such facts. */
async function storageUse(): Promise<StorageUse | undefined> {
  if (typeof navigator.storage?.estimate !== 'function') return undefined;
  try {
    const { usage } = await navigator.storage.estimate();
    return usage === undefined ? undefined : { bytes: usage, kept: await navigator.storage.persisted() };
  } catch {
    return undefined;
  }
}
