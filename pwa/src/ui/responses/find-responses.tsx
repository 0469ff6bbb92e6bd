/** Finds responses by their state, and by words of their names and answers. What is in sight changes as it is found. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App, ResponseSummary } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { NO_INTERVIEW } from '../home/no-interview-row.tsx';
import { useTools } from '../tools.ts';
import { type ShownState, shownState } from './states.ts';

const KINDS = ['all', 'to do', 'here', 'team', 'approved', 'none'] as const;
type Kind = (typeof KINDS)[number];

interface FindProps {
  /** Undefined: nothing is looked for, all are shown. */
  readonly found: Signal<readonly ResponseSummary[] | undefined>;
}

export function FindResponses({ found }: FindProps) {
  const { app } = useTools();
  const { t, plural } = app.words;
  const kind = useSignal<Kind>('all');
  const query = useSignal('');
  const ids = useMatching(query);
  const responses = app.responses.value;
  const isLooking = kind.value !== 'all' || ids.value !== undefined;
  const shown = responses.filter((one) => isOf(one, kind.value) && ids.value?.has(one.id) !== false);
  useEffect(() => {
    found.value = isLooking ? shown : undefined;
  }, [responses, kind.value, ids.value]);
  return (
    <div class="stack-close">
      <form class="pair" onSubmit={(event) => event.preventDefault()}>
        <div>
          <label for="find">{t('Find an interview')}</label>
          <input
            id="find"
            class="field"
            type="search"
            autoComplete="off"
            value={query.value}
            onInput={(event) => {
              query.value = event.currentTarget.value;
            }}
          />
        </div>
        <div>
          <label for="kind">{t('Show')}</label>
          <select
            id="kind"
            class="field"
            value={kind.value}
            onChange={(event) => {
              kind.value = KINDS.find((one) => one === event.currentTarget.value) ?? 'all';
            }}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {kindName(app.words, one)}
              </option>
            ))}
          </select>
        </div>
      </form>
      <p class="quiet small" role="status">
        {isLooking && plural('{count} interview found', '{count} interviews found', shown.length)}
      </p>
    </div>
  );
}

/** Undefined: nothing is typed. Names first, then answers, piece by piece; whoever types on begins anew. */
function useMatching(query: Signal<string>): Signal<ReadonlySet<string> | undefined> {
  const { app } = useTools();
  const ids = useSignal<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const asked = { still: true };
    void look(app, query.value.trim(), (found) => {
      if (asked.still) ids.value = found;
      return asked.still;
    });
    return () => {
      asked.still = false;
    };
  }, [query.value]);
  return ids;
}

/** `tell` says whether anybody still wants to know. */
async function look(
  { actions }: App,
  query: string,
  tell: (found: ReadonlySet<string> | undefined) => boolean,
): Promise<void> {
  const day = query === '' ? undefined : await actions.day();
  if (day === undefined) return void tell(undefined);
  let found = day.foundByName(query);
  if (!tell(found)) return;
  for await (const more of day.findInAnswers(query)) {
    if (more.size === 0) continue;
    found = new Set([...found, ...more]);
    if (!tell(found)) return;
  }
}

const WITH_THE_TEAM: readonly ShownState[] = ['sent', 'held', 'safe', 'set-aside'];

function isOf(response: ResponseSummary, kind: Kind): boolean {
  const state = shownState(response);
  switch (kind) {
    case 'all':
      return true;
    case 'to do':
      return state === 'draft' || state === 'returned';
    case 'here':
      return state === 'finalised' || state === 'refused' || response.photosHere + response.filesHere > 0;
    case 'team':
      return WITH_THE_TEAM.includes(state);
    case 'approved':
      return state === 'approved';
    case 'none':
      return response.formId === NO_INTERVIEW;
  }
}

function kindName({ t }: Words, kind: Kind): string {
  switch (kind) {
    case 'all':
      return t('All of them');
    case 'to do':
      return t('To finish or correct');
    case 'here':
      return t('Not sent yet');
    case 'team':
      return t('With the team');
    case 'approved':
      return t('Approved');
    case 'none':
      return t('No interview?');
  }
}
