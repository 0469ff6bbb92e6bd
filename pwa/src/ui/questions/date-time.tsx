/** A time of day, alone or with its date. Stored with the offset that this phone has then. */

import { useSignal } from '@preact/signals';
import { useTools } from '../tools.ts';
import { hasAppearance } from './appearance.ts';
import { dateTimeHalves, dateTimeText, shownTime, timeText } from './date-texts.ts';
import { DayField } from './day-field.tsx';
import { phoneOffset } from './phone-offset.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function TimeAnswer({ interview, node, wrong, describedBy }: ControlProps) {
  liveForm(interview);
  return (
    <TimeField
      id={questionId(node)}
      value={node.value}
      write={(typed) => interview.answer(node, timeText(typed, phoneOffset('', typed)))}
      wrong={wrong}
      describedBy={describedBy}
    />
  );
}

export function DateTimeAnswer({ interview, node, wrong, describedBy }: ControlProps) {
  const { t } = useTools().app.words;
  liveForm(interview);
  const { date, time } = dateTimeHalves(node.value);
  const id = questionId(node);
  const write = (day: string, typed: string): void =>
    interview.answer(node, dateTimeText({ date: day, time: timeText(typed, phoneOffset(day, shownTime(typed))) }));
  return (
    <>
      <div class="part">
        <label id={`${id}-date`} for={id}>
          {t('Date')}
        </label>
        <DayField
          id={id}
          labelledBy={`${id}-label ${id}-date`}
          value={date}
          lang={interview.pack.value.lang}
          write={(day) => write(day, shownTime(time))}
          wrong={wrong}
          describedBy={describedBy}
          calendar={!hasAppearance(node.definition, 'no-calendar')}
        />
      </div>
      <div class="part">
        <label for={`${id}-time`}>{t('Time')}</label>
        <TimeField
          id={`${id}-time`}
          value={time}
          write={(typed) => write(date, typed)}
          wrong={wrong}
          describedBy={describedBy}
        />
      </div>
    </>
  );
}

interface TimeFieldProps {
  readonly id: string;
  /** As timeText gives it. */
  readonly value: string;
  readonly write: (typed: string) => void;
  readonly wrong: boolean;
  readonly describedBy: string | undefined;
}

/** In a browser that knows no times it is a field for text, in which `9.30` will do. */
function TimeField({ id, value, write, wrong, describedBy }: TimeFieldProps) {
  const typed = useSignal(shownTime(value));
  const isAsStored = shownTime(timeText(typed.value, 0)) === shownTime(value);
  const change = (text: string): void => {
    typed.value = text;
    write(text);
  };
  return (
    <input
      id={id}
      class="field field-short"
      type="time"
      autoComplete="off"
      value={isAsStored ? typed.value : shownTime(value)}
      aria-invalid={wrong}
      aria-describedby={describedBy}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}
