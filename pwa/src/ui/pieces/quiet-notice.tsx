/** What can wait until no interview is open: this phone needs a new link, or a newer app is ready. */

import { useTools } from '../tools.ts';

export function QuietNotice() {
  return (
    <>
      <RenewalNotice />
      <UpdateNotice />
    </>
  );
}

function RenewalNotice() {
  const { app } = useTools();
  const enrolment = app.enrolment.value;
  const needed = enrolment.kind === 'enrolled' && enrolment.renewal === 'needed';
  if (!needed) return null;
  return (
    <div class="notice notice-wait">
      <p>
        {app.words.t(
          'This phone needs a new link before it can send. Ask your coordinator. Your interviews are saved on this phone.',
        )}
      </p>
    </div>
  );
}

/** Offered, never forced. */
function UpdateNotice() {
  const { app, announcer } = useTools();
  if (app.update.value === 'none') return null;
  const restart = async (): Promise<void> => {
    if ((await app.actions.restartForUpdate()) === 'elsewhere')
      announcer.say({ text: app.words.t('An interview is open in another tab. Close it there first.') });
  };
  return (
    <div class="notice">
      <p>{app.words.t('A newer version of Fieldwell is ready.')}</p>
      <button type="button" class="button button-second" onClick={restart}>
        {app.words.t('Use it now')}
      </button>
    </div>
  );
}
