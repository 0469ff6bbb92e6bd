/** One or several of a list: native radio buttons and checkboxes, each in a card that can be tapped anywhere. */

import { useContext, useRef } from 'preact/hooks';
import type { Interview } from '../../app/index.ts';
import type { TextPack } from '../../formlogic/definition.ts';
import type { Choice, InstanceNode } from '../../formlogic/form.ts';
import { Heard, Seen } from '../pieces/label-media.tsx';
import { Original, OriginalsContext, originalOf } from '../pieces/original.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { hasAppearance } from './appearance.ts';
import { choicesLook } from './choices-look.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function OneChoice({ interview, node, wrong, alone }: ControlProps) {
  const { touched, goOn } = useQuick(node, alone);
  const choose = (choice: Choice, mark: HTMLInputElement): void => {
    interview.answer(node, choice.value);
    goOn(mark);
  };
  return (
    <>
      <Cards
        interview={interview}
        node={node}
        wrong={wrong}
        type="radio"
        chosen={[node.value]}
        choose={(choice, { mark }) => choose(choice, mark)}
        touched={touched}
      />
      {!node.required && <ClearChoice interview={interview} node={node} />}
    </>
  );
}

/** Stored in the order of the list, whatever the order of taps. */
export function ManyChoices({ interview, node, wrong }: ControlProps) {
  const chosen = node.value.split(' ');
  const toggle = (choice: Choice, { choices }: Chosen): void => {
    const now = choices.filter(({ value }) =>
      value === choice.value ? !chosen.includes(value) : chosen.includes(value),
    );
    interview.answer(node, now.map(({ value }) => value).join(' '));
  };
  return <Cards interview={interview} node={node} wrong={wrong} type="checkbox" chosen={chosen} choose={toggle} />;
}

interface CardsProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
  readonly wrong: boolean;
  readonly type: 'radio' | 'checkbox';
  readonly chosen: readonly string[];
  readonly choose: (choice: Choice, chosen: Chosen) => void;
  readonly touched?: (how: 'finger' | 'key') => void;
}

interface Chosen {
  /** All that are offered. */
  readonly choices: readonly Choice[];
  readonly mark: HTMLInputElement;
}

export function Cards({ interview, node, wrong, type, chosen, choose, touched }: CardsProps) {
  const choices = liveForm(interview).choices(node, interview.pack.value);
  const labelIn = (pack: TextPack, value: string) =>
    liveForm(interview)
      .choices(node, pack)
      .find((choice) => choice.value === value)?.label;
  const id = questionId(node);
  const look = choicesLook(node.definition, choices.length);
  const originals = useContext(OriginalsContext);
  const markOf = (index: number): string => (index === 0 ? id : `${id}-${index}`);
  return (
    <div class={wrong ? `${look.classes} choices-wrong` : look.classes} style={look.style}>
      {choices.map((choice, index) => (
        <div key={choice.value} class="choice">
          <input
            class="choice-mark"
            type={type}
            id={markOf(index)}
            name={id}
            value={choice.value}
            checked={chosen.includes(choice.value)}
            aria-labelledby={`${markOf(index)}-name`}
            aria-describedby={
              originalOf(choice.label, originals, (pack) => labelIn(pack, choice.value)) &&
              `${markOf(index)}-choice-original`
            }
            onPointerDown={() => touched?.('finger')}
            onKeyDown={() => touched?.('key')}
            onChange={(event) => choose(choice, { choices, mark: event.currentTarget })}
          />
          <label class="choice-card" for={markOf(index)} onPointerDown={() => touched?.('finger')}>
            <span id={`${markOf(index)}-name`}>
              <Shown words={choice.label} />
            </span>
            <Original
              id={`${markOf(index)}-choice-original`}
              words={choice.label}
              find={(pack) => labelIn(pack, choice.value)}
            />
            <Seen words={choice.label} />
          </label>
          <Heard words={choice.label} sound={choice.sound} />
        </div>
      ))}
    </div>
  );
}

interface Quick {
  readonly touched: (how: 'finger' | 'key') => void;
  readonly goOn: (mark: HTMLInputElement) => void;
}

/** `quick`: a tap goes on by itself, as Continue does. Arrow keys choose too, on the way to another choice, so they never go on. */
function useQuick(node: InstanceNode, alone: boolean): Quick {
  const how = useRef<'finger' | 'key'>('key');
  const isQuick = alone && hasAppearance(node.definition, 'quick');
  return {
    touched: (now) => {
      how.current = now;
    },
    goOn: (mark) => {
      if (!isQuick || how.current === 'key') return;
      mark.form?.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    },
  };
}

/** A radio button cannot be switched off by tapping it again. */
export function ClearChoice({ interview, node }: { readonly interview: Interview; readonly node: InstanceNode }) {
  const { t } = useTools().app.words;
  liveForm(interview);
  if (node.value === '') return null;
  const clear = (): void => {
    interview.answer(node, '');
    document.getElementById(questionId(node))?.focus();
  };
  return (
    <button type="button" class="button button-quiet" onClick={clear}>
      {t('Clear this answer')}
    </button>
  );
}
