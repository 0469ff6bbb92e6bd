/** On a phone that is borrowed, or that everybody at a venue uses: nothing is left to be read. Asked once more before it is done. */

import { useSignal } from '@preact/signals';
import type { Visits } from '../../app/index.ts';
import { Dialogue } from '../pieces/dialogue.tsx';
import { useTools } from '../tools.ts';

export function ClearPhone({ visits }: { readonly visits: Visits }) {
  const { app, router } = useTools();
  const { t } = app.words;
  const asked = useSignal(false);
  const ask = (isAsked: boolean): void => {
    asked.value = isAsked;
  };
  const clear = async (): Promise<void> => {
    if (await visits.forgetting.clear()) router.replace({ screen: 'home' });
  };
  return (
    <section class="card">
      <h2>{t('Is this not your own phone?')}</h2>
      <p>
        {t(
          'Clear this phone, so that no screen shows your answers or your code any more. Write the code down first if you want to keep it.',
        )}
      </p>
      <button type="button" class="button button-second" onClick={() => ask(true)}>
        {t('Clear this phone')}
      </button>
      {asked.value && (
        <Dialogue title={t('Clear this phone now? You cannot undo this.')} close={() => ask(false)}>
          <div class="buttons">
            <button type="button" class="button button-danger" onClick={clear}>
              {t('Yes, clear it')}
            </button>
            <button type="button" class="button button-second" onClick={() => ask(false)}>
              {t('No, go back')}
            </button>
          </div>
        </Dialogue>
      )}
    </section>
  );
}
