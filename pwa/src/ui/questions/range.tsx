/** A number on a scale: a slider, and a button to either side of it for those who can't or won't drag. Blank until it is touched. */

import type { Range } from '../../formlogic/definition.ts';
import { numberText } from '../pieces/number-text.ts';
import { useTools } from '../tools.ts';
import { ClearChoice } from './choices.tsx';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { type Steps, stepsOf } from './range-steps.ts';
import { liveForm } from './worded-form.ts';

export function RangeAnswer(control: ControlProps) {
  const { range } = control.node.definition;
  return range === undefined ? null : <Scale {...control} range={range} />;
}

function Scale({ interview, node, wrong, describedBy, range }: ControlProps & { readonly range: Range }) {
  const { t } = useTools().app.words;
  const { lang } = interview.pack.value;
  liveForm(interview);
  const steps = stepsOf(range);
  const place = steps.placeOf(node.value);
  const take = (next: number): void => interview.answer(node, steps.at(Math.min(steps.last, Math.max(0, next))));
  const shown = node.value === '' ? t('Not answered yet') : numberText(node.value, lang);
  const id = questionId(node);
  return (
    <>
      <output
        class={node.value === '' ? 'range-number quiet' : 'range-number'}
        for={id}
        lang={node.value === '' ? undefined : lang}
      >
        {shown}
      </output>
      <div class="range">
        <StepButton name={t('One step less')} sign="−" press={() => take((place ?? 1) - 1)} />
        <input
          id={id}
          class={place === undefined ? 'range-slider range-blank' : 'range-slider'}
          type="range"
          min={0}
          max={steps.last}
          step={1}
          value={place ?? 0}
          aria-labelledby={`${id}-label`}
          aria-describedby={describedBy}
          aria-invalid={wrong}
          aria-valuetext={shown}
          onInput={(event) => take(Number(event.currentTarget.value))}
          // A tap on the place where the knob stands already changes nothing, and yet is an answer.
          onClick={(event) => take(Number(event.currentTarget.value))}
        />
        <StepButton name={t('One step more')} sign="+" press={() => take((place ?? -1) + 1)} />
      </div>
      <Ends steps={steps} lang={lang} />
      {!node.required && <ClearChoice interview={interview} node={node} />}
    </>
  );
}

/** From blank, either button begins at the start of the scale. */
function StepButton({
  name,
  sign,
  press,
}: {
  readonly name: string;
  readonly sign: string;
  readonly press: () => void;
}) {
  return (
    <button type="button" class="button button-second" aria-label={name} onClick={press}>
      {sign}
    </button>
  );
}

function Ends({ steps, lang }: { readonly steps: Steps; readonly lang: string }) {
  return (
    <p class="range-ends quiet small" lang={lang} aria-hidden="true">
      <span>{numberText(steps.at(0), lang)}</span>
      <span>{numberText(steps.at(steps.last), lang)}</span>
    </p>
  );
}
