/** How to put the app on the home screen of an iPhone, step by step, with drawings of our own. */

import { useTools } from '../tools.ts';

export function HomeScreenSteps() {
  const { t } = useTools().app.words;
  return (
    <ol class="steps">
      <li>
        <Picture name="share" />
        {t('Tap the button with the arrow, at the foot or the top of Safari.')}
      </li>
      <li>
        <Picture name="add" />
        {t('Choose “Add to Home Screen”. You may have to move the list up.')}
      </li>
      <li>
        <Picture name="icon" />
        {t('Tap “Add”. From now on open Fieldwell by its icon.')}
      </li>
    </ol>
  );
}

/** Beside words that say the same. */
function Picture({ name }: { readonly name: 'share' | 'add' | 'icon' }) {
  return (
    <svg class="drawing drawing-step" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <DrawingOf name={name} />
    </svg>
  );
}

function DrawingOf({ name }: { readonly name: 'share' | 'add' | 'icon' }) {
  switch (name) {
    case 'share':
      return <path d="M22 26h-6v30h32V26h-6M32 42V8M22 18l10-10 10 10" />;
    case 'add':
      return (
        <>
          <path class="drawing-far" d="M6 14h34M6 32h28M6 50h34" />
          <path d="M44 20h14v24H44zM51 26v12M45 32h12" />
        </>
      );
    case 'icon':
      return (
        <>
          <rect x="12" y="12" width="40" height="40" rx="10" />
          <path d="M20 44a12 12 0 0 1 24 0" />
          <circle class="drawing-sun" cx="32" cy="44" r="5" />
        </>
      );
  }
}
