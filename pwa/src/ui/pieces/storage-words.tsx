/** Trouble with this phone's storage in which nothing that is typed now is at stake: its words can be fetched apart. */

import { useTools } from '../tools.ts';

export function StorageWords({ trouble }: { readonly trouble: 'wiped' | 'unavailable' | 'other-tab' }) {
  const { t } = useTools().app.words;
  switch (trouble) {
    case 'wiped':
      return <LostWords />;
    case 'unavailable':
      return (
        <p>{t('This browser cannot save anything here. Open Fieldwell in a normal window, not a private one.')}</p>
      );
    case 'other-tab':
      return <p>{t('Fieldwell is open in another tab. Close the other tab, then come back here.')}</p>;
  }
}

/** What is lost, and what to do. */
function LostWords() {
  const { app } = useTools();
  const { t, plural } = app.words;
  const lost = app.lost.value;
  return (
    <>
      <p>
        {t('This browser has removed what was saved here.')}{' '}
        {lost === undefined && t('Interviews that had not been sent are gone from this phone.')}
        {lost === 0 && t('Everything had been sent before: nothing is lost.')}
        {lost !== undefined &&
          lost > 0 &&
          plural(
            '{count} interview that had not been sent is gone from this phone.',
            '{count} interviews that had not been sent are gone from this phone.',
            lost,
          )}{' '}
        {t('Tell your coordinator, and ask for a new link for this phone.')}
      </p>
      <button type="button" class="button button-second" onClick={() => app.actions.acknowledgeWipe()}>
        {t('I have read this')}
      </button>
    </>
  );
}
