/** Draws a screen or control that is fetched apart (ui/later.ts): at once when it is here, else when it has come. */

import type { ComponentChild } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LaterScreens } from '../later-shelf.ts';
import { useTools } from '../tools.ts';

export function Later({ draw }: { readonly draw: (screens: LaterScreens) => ComponentChild }) {
  const { app, later } = useTools();
  const { t } = app.words;
  const state = later.state.value;
  // It does nothing when it is here.
  useEffect(() => void later.fetch(), []);
  if (state.kind === 'here') return <>{draw(state.screens)}</>;
  if (state.kind !== 'failed') return <p role="status">{t('Opening…')}</p>;
  return (
    <div class="notice notice-wait" role="alert">
      <p>
        {t(
          'This part of Fieldwell is not on this phone yet. What you answered is saved. Connect to the internet once, then try again.',
        )}
      </p>
      <button type="button" class="button button-second" onClick={() => later.fetch()}>
        {t('Try again')}
      </button>
    </div>
  );
}
