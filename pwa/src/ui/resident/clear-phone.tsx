/** On a phone that is borrowed, or that everybody at a venue uses: nothing is left to be read. Asked once more before it is done. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Visits } from '../../app/index.ts';
import { useTools } from '../tools.ts';

export function ClearPhone({ visits }: { readonly visits: Visits }) {
  const { app, router } = useTools();
  const { t } = app.words;
  const asked = useSignal(false);
  const question = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const ask = (isAsked: boolean): void => {
    asked.value = isAsked;
    // The button that was pressed is gone from the page.
    requestAnimationFrame(() => (isAsked ? question : button).current?.focus());
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
      {asked.value ? (
        <div class="buttons">
          <p ref={question} tabIndex={-1}>
            {t('Clear this phone now? You cannot undo this.')}
          </p>
          <button type="button" class="button" onClick={clear}>
            {t('Yes, clear it')}
          </button>
          <button type="button" class="button button-second" onClick={() => ask(false)}>
            {t('No, go back')}
          </button>
        </div>
      ) : (
        <button type="button" class="button button-second" ref={button} onClick={() => ask(true)}>
          {t('Clear this phone')}
        </button>
      )}
    </section>
  );
}
