/** One card per form, each with one big button. */

import { useSignal } from '@preact/signals';
import type { FormSummary } from '../../app/index.ts';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';

export function Forms() {
  const { app } = useTools();
  const forms = app.forms.value;
  if (forms.length === 0)
    return (
      <p class="notice">
        {app.words.t('There are no questions on this phone yet. Connect to the internet to get them.')}
      </p>
    );
  return (
    <ul class="cards">
      {forms.map((form) => (
        <li key={form.id} class="card">
          <h2 id={`form-${form.id}`}>
            <Shown words={{ text: form.title, lang: form.titleLang }} />
          </h2>
          <StartOrWait form={form} />
        </li>
      ))}
    </ul>
  );
}

function StartOrWait({ form }: { readonly form: FormSummary }) {
  const { t } = useTools().app.words;
  switch (form.readiness) {
    case 'here':
      return <StartButton formId={form.id} />;
    case 'fetching':
      return <p role="status">{t('Getting the questions onto this phone…')}</p>;
    case 'missing':
      return <p>{t('Connect to the internet once to get these questions.')}</p>;
  }
}

function StartButton({ formId }: { readonly formId: string }) {
  const { app, router, announcer } = useTools();
  const { t } = app.words;
  const busy = useSignal(false);
  const start = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    const outcome = await app.actions.beginResponse(formId);
    busy.value = false;
    if (outcome.kind === 'begun') router.go({ screen: 'fill', responseId: outcome.responseId, page: '' });
    else if (outcome.kind === 'form-not-here')
      announcer.say({ text: t('Connect to the internet once to get these questions.') });
    else announcer.say({ text: t('This phone could not save a new interview. Close other apps, then try again.') });
  };
  return (
    <button
      type="button"
      class="button button-wide"
      aria-describedby={`form-${formId}`}
      aria-disabled={busy.value}
      onClick={start}
    >
      {t('Start an interview')}
    </button>
  );
}
