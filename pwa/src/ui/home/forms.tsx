/** The form used last as one large button, the others below. Without any form, what to do about it. */

import { useSignal } from '@preact/signals';
import type { FormSummary } from '../../app/index.ts';
import { Later } from '../pieces/later.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';
import { NO_INTERVIEW } from './no-interview-row.tsx';

export function Forms() {
  const { app } = useTools();
  const last = app.day.value?.lastForm.value;
  const forms = app.forms.value.filter(({ id }) => id !== NO_INTERVIEW);
  if (forms.length === 0) return <NoForms />;
  // Sorting keeps the order of all others.
  const inOrder = [...forms].sort((one, other) => Number(other.id === last) - Number(one.id === last));
  return (
    <ul class="cards">
      {inOrder.map((form, place) => (
        <li key={form.id} class="card">
          <h2 id={`form-${form.id}`}>
            <Shown words={{ text: form.title, lang: form.titleLang }} />
          </h2>
          <StartOrWait form={form} isFirst={place === 0} />
        </li>
      ))}
    </ul>
  );
}

/** Not the end of the road: ask for them again, or ask somebody. */
function NoForms() {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <div class="notice">
      <p>{t('There are no questions on this phone yet. Connect to the internet to get them.')}</p>
      <button type="button" class="button button-second" onClick={() => app.actions.syncNow()}>
        {t('Try again')}
      </button>
      <Later draw={({ WhomToRing }) => <WhomToRing />} />
    </div>
  );
}

interface StartProps {
  readonly form: FormSummary;
  readonly isFirst: boolean;
}

function StartOrWait({ form, isFirst }: StartProps) {
  const { t } = useTools().app.words;
  switch (form.readiness) {
    case 'here':
      return <StartButton form={form} isFirst={isFirst} />;
    case 'fetching':
      return <p role="status">{t('Getting the questions onto this phone…')}</p>;
    case 'missing':
      return <p>{t('Connect to the internet once to get these questions.')}</p>;
  }
}

function StartButton({ form: { id }, isFirst }: StartProps) {
  const { app, router, announcer } = useTools();
  const { t } = app.words;
  const busy = useSignal(false);
  const start = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const outcome = await app.actions.beginResponse(id);
    busy.value = false;
    if (outcome.kind === 'begun') router.go({ screen: 'fill', responseId: outcome.responseId, page: '' });
    else if (outcome.kind === 'form-not-here')
      announcer.say({ text: t('Connect to the internet once to get these questions.') });
    else announcer.say({ text: t('This phone could not save a new interview. Close other apps, then try again.') });
  };
  return (
    <button
      type="button"
      class={isFirst ? 'button button-wide button-start' : 'button button-second button-wide'}
      aria-describedby={`form-${id}`}
      aria-disabled={busy.value}
      onClick={start}
    >
      {t('Start an interview')}
    </button>
  );
}
