/** A day: the phone's own calendar, and three fields to type it, which is easier for a day long ago and works where there is no calendar. */

import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { direction } from '../../i18n/languages.ts';
import { useTools } from '../tools.ts';
import { type DateFields, dateFields, dateText } from './date-texts.ts';
import { dateWords } from './moment-words.ts';

export interface DayFieldProps {
  readonly id: string;
  /** Id of the words that say what day is wanted. */
  readonly labelledBy: string;
  /** As dateText gives it. */
  readonly value: string;
  /** The language to say the day in: a phone's own field may put the month first. */
  readonly lang: string;
  readonly write: (text: string) => void;
  readonly wrong: boolean;
  readonly describedBy: string | undefined;
  /** False: only fields to type in. */
  readonly calendar: boolean;
}

const WHOLE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export function DayField(props: DayFieldProps) {
  const { t } = useTools().app.words;
  const words = dateWords(props.value, props.lang);
  const knowsCalendars = useMemo(browserHasCalendar, []);
  if (!props.calendar || !knowsCalendars) return <TypedDay {...props} firstId={props.id} />;
  const isHalf = props.value !== '' && !WHOLE.test(props.value);
  return (
    <>
      <input
        id={props.id}
        class="field field-short"
        type="date"
        value={isHalf ? '' : props.value}
        aria-labelledby={props.labelledBy}
        aria-describedby={props.describedBy}
        aria-invalid={props.wrong}
        onInput={(event) => props.write(event.currentTarget.value)}
      />
      {words !== props.value && (
        <p role="status" lang={props.lang} dir={direction(props.lang)}>
          {words}
        </p>
      )}
      <details class="fold" open={isHalf}>
        <summary>{t('Type the date instead')}</summary>
        <TypedDay {...props} firstId={`${props.id}-day`} />
      </details>
    </>
  );
}

function TypedDay({ id, firstId, value, write, wrong }: DayFieldProps & { readonly firstId: string }) {
  const { t } = useTools().app.words;
  const typed = useSignal<DateFields>(dateFields(value));
  const fields = dateText(typed.value) === value ? typed.value : dateFields(value);
  const change = (news: Partial<DateFields>): void => {
    typed.value = { ...fields, ...news };
    write(dateText(typed.value));
  };
  return (
    <div class="date-fields">
      <DateNumber id={firstId} label={t('Day')} value={fields.day} wrong={wrong} change={(day) => change({ day })} />
      <DateNumber
        id={`${id}-month`}
        label={t('Month')}
        value={fields.month}
        wrong={wrong}
        change={(month) => change({ month })}
      />
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

interface DateNumberProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly change: (text: string) => void;
}

export function DateNumber({ id, label, value, wrong, change }: DateNumberProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <input
        id={id}
        class="field"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        dir="auto"
        value={value}
        aria-invalid={wrong}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}

/** A browser that does not know the type says that it is text. */
function browserHasCalendar(): boolean {
  const field = document.createElement('input');
  field.setAttribute('type', 'date');
  return field.type === 'date';
}
