/** One or several of a list: native radio buttons and checkboxes, each in a card that can be tapped anywhere. */

import type { Interview } from '../../app/index.ts';
import type { Choice, InstanceNode } from '../../formlogic/form.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

/** From this many on a wide screen shows them side by side. */
const MANY = 9;

export function OneChoice({ interview, node, wrong }: ControlProps) {
  return (
    <>
      <Cards
        interview={interview}
        node={node}
        wrong={wrong}
        type="radio"
        chosen={[node.value]}
        choose={(choice) => interview.answer(node, choice.value)}
      />
      {!node.required && <ClearChoice interview={interview} node={node} />}
    </>
  );
}

/** Stored in the order of the list, whatever the order of taps. */
export function ManyChoices({ interview, node, wrong }: ControlProps) {
  const chosen = node.value.split(' ');
  const toggle = (choice: Choice, choices: readonly Choice[]): void => {
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
  readonly choose: (choice: Choice, choices: readonly Choice[]) => void;
}

function Cards({ interview, node, wrong, type, chosen, choose }: CardsProps) {
  const choices = liveForm(interview).choices(node, interview.pack.value);
  const id = questionId(node);
  const look = ['choices', choices.length >= MANY && 'choices-many', wrong && 'choices-wrong']
    .filter(Boolean)
    .join(' ');
  return (
    <div class={look}>
      {choices.map((choice, index) => (
        <div key={choice.value} class="choice">
          <input
            class="choice-mark"
            type={type}
            id={index === 0 ? id : `${id}-${index}`}
            name={id}
            value={choice.value}
            checked={chosen.includes(choice.value)}
            onChange={() => choose(choice, choices)}
          />
          <label class="choice-card" for={index === 0 ? id : `${id}-${index}`}>
            <Shown words={choice.label} />
          </label>
        </div>
      ))}
    </div>
  );
}

/** A radio button cannot be switched off by tapping it again. */
function ClearChoice({ interview, node }: { readonly interview: Interview; readonly node: InstanceNode }) {
  const { t } = useTools().app.words;
  liveForm(interview);
  if (node.value === '') return null;
  const clear = (): void => {
    interview.answer(node, '');
    document.getElementById(questionId(node))?.focus();
  };
  return (
    <button type="button" class="button button-quiet" onClick={clear}>
      {t('Take this answer back')}
    </button>
  );
}
