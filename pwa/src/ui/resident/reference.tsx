/** The code that a person keeps: big enough to copy by hand, and a button where the phone can copy. */

import { shownReference } from '../../app/references.ts';
import { useTools } from '../tools.ts';

export function Reference({ code }: { readonly code: string }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const shown = shownReference(code);
  const copy = (): void => {
    const say = (text: string) => () => announcer.say({ text });
    void navigator.clipboard.writeText(shown).then(say(t('The code is copied.')), say(t('Copy the code by hand.')));
  };
  return (
    <div class="stack-close">
      <output class="reference" dir="ltr" translate={false}>
        {shown}
      </output>
      <p>{t('Take a screenshot, or write the code down. We cannot find it for you later.')}</p>
      {navigator.clipboard !== undefined && (
        <button type="button" class="button button-second" onClick={copy}>
          {t('Copy the code')}
        </button>
      )}
    </div>
  );
}
