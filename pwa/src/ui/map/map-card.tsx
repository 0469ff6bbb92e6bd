/** The way to the map, from the settings and the start: where a team has told this phone of its neighbourhood. */

import { useTools } from '../tools.ts';

export function MapCard() {
  const { app } = useTools();
  const { t } = app.words;
  if (app.places.value === undefined) return null;
  return (
    <p>
      <a class="back" href="/settings/map">
        {t('Map of the neighbourhood')}
      </a>
    </p>
  );
}
