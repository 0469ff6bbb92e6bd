/** Where the worker is today: chosen once, kept until tomorrow, and said by each interview that is begun. */

import { useTools } from '../tools.ts';

export function TodayAt() {
  const { app } = useTools();
  const { t } = app.words;
  const day = app.day.value;
  const venues = app.places.value?.venues ?? [];
  if (day === undefined || venues.length === 0) return null;
  const chosen = day.venue.value;
  const choose = (venue: (typeof venues)[number] | undefined): void => void day.chooseVenue(venue);
  return (
    <details class="fold">
      <summary>
        {chosen === undefined ? t('Where are you today?') : t('Today at: {venue} (change)', { venue: chosen.name })}
      </summary>
      <fieldset class="question">
        <legend class="question-label question-label-small">{t('Where are you today?')}</legend>
        <div class="choices">
          {[undefined, ...venues].map((venue) => (
            <div key={venue?.id ?? ''} class="choice">
              <input
                class="choice-mark"
                type="radio"
                id={`venue-${venue?.id ?? ''}`}
                name="venue"
                checked={venue?.id === chosen?.id}
                onChange={() => choose(venue)}
              />
              <label class="choice-card" for={`venue-${venue?.id ?? ''}`}>
                {venue === undefined ? t('Somewhere else') : <bdi lang="">{venue.name}</bdi>}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
    </details>
  );
}
