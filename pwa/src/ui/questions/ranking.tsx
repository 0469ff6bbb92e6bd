/** Things to put in order, with a button up and a button down on each. Blank until something was moved, or the order was said to be right. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Choice } from '../../formlogic/form.ts';
import { numberText } from '../pieces/number-text.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { ClearChoice } from './choices.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { moved, ranked } from './ranking-order.ts';
import { liveForm } from './worded-form.ts';

type Way = 'up' | 'down';

export function Ranking({ interview, node, wrong }: ControlProps) {
  const { t } = useTools().app.words;
  const choices = ranked(liveForm(interview).choices(node, interview.pack.value), node.value);
  const values = choices.map(({ value }) => value);
  const id = questionId(node);
  const { news, move } = useMoves(id, (from, to) => interview.answer(node, moved(values, from, to).join(' ')));
  return (
    <>
      <ol class={wrong ? 'ranking choices-wrong' : 'ranking'}>
        {choices.map((choice, place) => (
          <Line
            key={choice.value}
            id={place === 0 ? id : `${id}-${place}`}
            choice={choice}
            place={place}
            count={choices.length}
            move={(way) => move(choice, place, way)}
          />
        ))}
      </ol>
      <p role="status" class="for-readers">
        {news}
      </p>
      {node.value === '' ? (
        <>
          <p class="quiet">{t('Not answered yet. Move things up or down, or say that this order is right.')}</p>
          <button type="button" class="button button-second" onClick={() => interview.answer(node, values.join(' '))}>
            {t('This order is right')}
          </button>
        </>
      ) : (
        !node.required && <ClearChoice interview={interview} node={node} />
      )}
    </>
  );
}

/** Moves a thing, says where it is now, and keeps focus on it. */
function useMoves(id: string, put: (from: number, to: number) => void) {
  const { t } = useTools().app.words;
  const last = useSignal<{ readonly name: string; readonly place: number; readonly way: Way } | undefined>(undefined);
  const { value } = last;
  useEffect(() => {
    if (value !== undefined) focusOn(value.place === 0 ? id : `${id}-${value.place}`, value.way);
  }, [value]);
  const move = (choice: Choice, place: number, way: Way): void => {
    const to = way === 'up' ? place - 1 : place + 1;
    put(place, to);
    last.value = { name: choice.label.text, place: to, way };
  };
  const news = value && t('{name} is now number {place}', { name: value.name, place: value.place + 1 });
  return { news, move };
}

/** At the end of its way a thing can only go back. */
function focusOn(lineId: string, way: Way): void {
  const buttons = [...(document.getElementById(lineId)?.querySelectorAll('button') ?? [])];
  const wanted = buttons[way === 'up' ? 0 : 1];
  (wanted?.disabled ? buttons.find((button) => !button.disabled) : wanted)?.focus();
}

interface LineProps {
  readonly id: string;
  readonly choice: Choice;
  readonly place: number;
  readonly count: number;
  readonly move: (way: Way) => void;
}

function Line({ id, choice, place, count, move }: LineProps) {
  const { t } = useTools().app.words;
  const { label } = choice;
  const nameId = `${id}-name`;
  return (
    <li id={id} class="card ranking-line" tabIndex={-1}>
      <span class="ranking-place">{numberText(String(place + 1), label.lang)}</span>
      <span class="ranking-name" id={nameId}>
        <Shown words={label} />
      </span>
      <button
        type="button"
        class="button button-second"
        disabled={place === 0}
        aria-label={t('Move up')}
        aria-labelledby={`${id}-up ${nameId}`}
        id={`${id}-up`}
        onClick={() => move('up')}
      >
        ↑
      </button>
      <button
        type="button"
        class="button button-second"
        disabled={place === count - 1}
        aria-label={t('Move down')}
        aria-labelledby={`${id}-down ${nameId}`}
        id={`${id}-down`}
        onClick={() => move('down')}
      >
        ↓
      </button>
    </li>
  );
}
