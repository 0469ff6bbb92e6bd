/** Colours and large buttons, as this person sees and touches best. Each change is seen at once, and is kept. */

import type { Looks } from '../../app/index.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';

export function LooksChoice() {
  const { app } = useTools();
  const { t } = app.words;
  const looks = app.looks.value;
  return (
    <section class="stack" aria-labelledby="looks">
      <h2 id="looks">{t('How Fieldwell looks on this phone')}</h2>
      <fieldset class="question">
        <legend class="question-label question-label-small">{t('Colours')}</legend>
        <div class="choices">
          {coloursOffered(app.words).map(({ colours, name }) => (
            <div key={colours} class="choice">
              <input
                class="choice-mark"
                type="radio"
                id={`colours-${colours}`}
                name="colours"
                checked={looks.colours === colours}
                onChange={() => app.actions.setLooks({ ...looks, colours })}
              />
              <label class="choice-card" for={`colours-${colours}`}>
                {name}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <LargeButtons looks={looks} />
    </section>
  );
}

function coloursOffered({ t }: Words): readonly { readonly colours: Looks['colours']; readonly name: string }[] {
  return [
    { colours: 'system', name: t('Same as this phone') },
    { colours: 'light', name: t('Light') },
    { colours: 'dark', name: t('Dark') },
    { colours: 'contrast', name: t('Stronger contrast') },
  ];
}

function LargeButtons({ looks }: { readonly looks: Looks }) {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <div class="choices">
      <div class="choice">
        <input
          class="choice-mark"
          type="checkbox"
          id="large-buttons"
          aria-describedby="large-buttons-hint"
          checked={looks.large}
          onChange={() => app.actions.setLooks({ ...looks, large: !looks.large })}
        />
        <label class="choice-card" for="large-buttons">
          {t('Large buttons')}
        </label>
      </div>
      <p class="hint" id="large-buttons-hint">
        {t('Bigger words and buttons. They help in bright sun, and when you wear gloves.')}
      </p>
    </div>
  );
}
