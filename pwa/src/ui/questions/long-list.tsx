/** One or several of a long list: what is chosen on top, a box to search in, and a list of which only the rows in sight are drawn. */

import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { Choice, InstanceNode } from '../../formlogic/form.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { chosenOf } from './answer-texts.ts';
import { LongRows, rowId } from './long-rows.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { type Search, useSearch } from './searching.ts';
import { liveForm } from './worded-form.ts';

interface LongListProps extends ControlProps {
  /** After one was chosen. */
  readonly after?: () => void;
}

const NONE = -1;
const PAGE = 8;

export function LongList({ interview, node, wrong, describedBy, after }: LongListProps) {
  const choices = liveForm(interview).choices(node, interview.pack.value);
  const search = useSearch(choices);
  const active = useSignal(NONE);
  const { found } = search;
  // At once, or a key that is pressed just after the typing is forgotten.
  useLayoutEffect(() => {
    active.value = NONE;
  }, [found]);
  const isSeveral = node.definition.control === 'select';
  const chosen = new Set(isSeveral ? node.value.split(' ') : [node.value]);
  const pick = (choice: Choice): void => {
    interview.answer(node, isSeveral ? toggled(choices, chosen, choice) : choice.value);
    after?.();
  };
  const id = questionId(node);
  return (
    <>
      <ChosenOnTop interview={interview} node={node} />
      <SearchBox
        id={id}
        search={search}
        active={active.value}
        wrong={wrong}
        describedBy={describedBy}
        move={(to) => {
          active.value = to;
        }}
        pick={pick}
      />
      <LongRows
        id={`${id}-rows`}
        labelledBy={`${id}-label`}
        rows={found}
        chosen={chosen}
        active={active.value}
        isSeveral={isSeveral}
        pick={pick}
      />
    </>
  );
}

/** In the order of the list, whatever the order of taps. */
function toggled(choices: readonly Choice[], chosen: ReadonlySet<string>, { value }: Choice): string {
  const isWanted = (one: string): boolean => (one === value ? !chosen.has(one) : chosen.has(one));
  return choices.flatMap((choice) => (isWanted(choice.value) ? [choice.value] : [])).join(' ');
}

interface ChosenOnTopProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
}

/** Each with a way to take it back. The button goes with its line, so focus moves to the search box. */
function ChosenOnTop({ interview, node }: ChosenOnTopProps) {
  const { t } = useTools().app.words;
  const chosen = chosenOf(interview, node);
  const takeBack = (value: string): void => {
    interview.answer(
      node,
      node.value
        .split(' ')
        .filter((other) => node.definition.control === 'select' && other !== value)
        .join(' '),
    );
    document.getElementById(questionId(node))?.focus();
  };
  if (chosen.length === 0) return null;
  return (
    <ul class="cards" aria-label={t('Chosen')}>
      {chosen.map(({ value, label }, index) => (
        <li key={value} class="card line long-chosen">
          <span class="line-name" id={`${questionId(node)}-chosen-${index}`}>
            <Shown words={label} />
          </span>
          <button
            type="button"
            class="button button-quiet"
            aria-describedby={`${questionId(node)}-chosen-${index}`}
            onClick={() => takeBack(value)}
          >
            {t('Clear this answer')}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface SearchBoxProps {
  readonly id: string;
  readonly search: Search;
  readonly active: number;
  readonly wrong: boolean;
  readonly describedBy: string | undefined;
  readonly move: (to: number) => void;
  readonly pick: (choice: Choice) => void;
}

/** Keys stay in this one field: arrows walk through the rows below, Enter chooses, and never sends the page. */
function SearchBox({ id, search, active, wrong, describedBy, move, pick }: SearchBoxProps) {
  const { t, plural } = useTools().app.words;
  const { found, busy, query } = search;
  const press = (event: KeyboardEvent): void => {
    const to = steppedTo(event.key, active, found.length - 1);
    if (to !== undefined) move(to);
    const choice = found[active] ?? (found.length === 1 ? found[0] : undefined);
    if (event.key === 'Enter' && choice !== undefined && !busy) pick(choice);
    if (event.key === 'Enter' || to !== undefined) event.preventDefault();
  };
  return (
    <div class="part">
      <label for={id}>{t('Search this list')}</label>
      <input
        id={id}
        class="field"
        type="text"
        role="combobox"
        inputMode="search"
        dir="auto"
        autoComplete="off"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-rows`}
        aria-activedescendant={active === NONE ? undefined : rowId(`${id}-rows`, active)}
        aria-invalid={wrong}
        aria-describedby={describedBy}
        value={query.value}
        onFocus={() => search.expect()}
        onInput={(event) => search.look(event.currentTarget.value)}
        onKeyDown={press}
      />
      <p role="status" class="quiet small">
        {busy ? t('Looking…') : plural('{count} answer to choose from', '{count} answers to choose from', found.length)}
      </p>
    </div>
  );
}

function steppedTo(key: string, active: number, last: number): number | undefined {
  const steps = new Map([
    ['ArrowDown', 1],
    ['ArrowUp', -1],
    ['PageDown', PAGE],
    ['PageUp', -PAGE],
  ]);
  const step = steps.get(key);
  return step === undefined || last < 0 ? undefined : Math.min(last, Math.max(0, active + step));
}
