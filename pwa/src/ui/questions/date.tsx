/** A date: a day, or where the form wants no more, a month or a year. */

import { useSignal } from '@preact/signals';
import { useTools } from '../tools.ts';
import { hasAppearance } from './appearance.ts';
import { type DateFields, dateFields, monthText, yearText } from './date-texts.ts';
import { DateNumber, DayField } from './day-field.tsx';
import { monthName } from './moment-words.ts';
import type { ControlProps } from './question.tsx';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

export function DateAnswer(control: ControlProps) {
  const { interview, node, wrong, describedBy } = control;
  liveForm(interview);
  if (hasAppearance(node.definition, 'year')) return <YearAnswer {...control} />;
  if (hasAppearance(node.definition, 'month-year')) return <MonthAnswer {...control} />;
  const id = questionId(node);
  return (
    <DayField
      id={id}
      labelledBy={`${id}-label`}
      value={node.value}
      lang={interview.pack.value.lang}
      write={(text) => interview.answer(node, text)}
      wrong={wrong}
      describedBy={describedBy}
      calendar={!hasAppearance(node.definition, 'no-calendar')}
    />
  );
}

function YearAnswer({ interview, node, wrong }: ControlProps) {
  const { t } = useTools().app.words;
  const { fields, change } = useFields(node.value, (typed) => interview.answer(node, yearText(typed.year)), yearOf);
  return (
    <div class="date-fields">
      <DateNumber
        id={questionId(node)}
        label={t('Year')}
        value={fields.year}
        wrong={wrong}
        change={(year) => change({ year })}
      />
    </div>
  );
}

function MonthAnswer({ interview, node, wrong }: ControlProps) {
  const { t } = useTools().app.words;
  const { lang } = interview.pack.value;
  const { fields, change } = useFields(node.value, (typed) => interview.answer(node, monthText(typed)), monthText);
  const id = questionId(node);
  return (
    <div class="date-fields">
      <div class="date-month">
        <label for={id}>{t('Month')}</label>
        <select
          id={id}
          class="field"
          value={fields.month}
          aria-invalid={wrong}
          onChange={(event) => change({ month: event.currentTarget.value })}
        >
          <option value="">{t('Choose')}</option>
          {MONTHS.map((month) => (
            <option key={month} value={month} lang={lang}>
              {monthName(month, lang)}
            </option>
          ))}
        </select>
      </div>
      <DateNumber
        id={`${id}-year`}
        label={t('Year')}
        value={fields.year}
        wrong={wrong}
        change={(year) => change({ year })}
      />
    </div>
  );
}

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;

/** What is typed stays as it is typed, as long as it is what is stored. */
function useFields(value: string, write: (typed: DateFields) => void, textOf: (typed: DateFields) => string) {
  const typed = useSignal<DateFields>(dateFields(value));
  const fields = textOf(typed.value) === value ? typed.value : dateFields(value);
  const change = (news: Partial<DateFields>): void => {
    typed.value = { ...fields, ...news };
    write(typed.value);
  };
  return { fields, change };
}

function yearOf({ year }: DateFields): string {
  return yearText(year);
}
