/** Whether this phone can do its work without a connection. Said only when it is so. */

import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Page, ShellState } from '../environment.ts';
import type { FormSummary, OfflineReadiness } from './state.ts';

export function offlineReadiness(
  page: Pick<Page, 'onShell'>,
  forms: ReadonlySignal<readonly FormSummary[]>,
): ReadonlySignal<OfflineReadiness> {
  const shell: Signal<ShellState> = signal('fetching');
  page.onShell((state) => {
    shell.value = state;
  });
  return computed(() => {
    if (shell.value === 'impossible') return 'impossible';
    return shell.value === 'kept' && forms.value.length > 0 && forms.value.every(isWhole) ? 'ready' : 'getting-ready';
  });
}

function isWhole({ readiness, languages }: FormSummary): boolean {
  return readiness === 'here' && languages.every(({ here }) => here);
}
