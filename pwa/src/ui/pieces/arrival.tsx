/** What has not arrived, always in sight, in plain words. */

import type { App } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { filesSentences } from './files-sentences.ts';
import { Later } from './later.tsx';

/** At the top of a screen, as long as something waits. */
export function WaitingLine() {
  return (
    <p class="waiting" role="status">
      {waitingSentences(useTools().app).join(' ')}
    </p>
  );
}

/** The card on the home and list screens; nothing as long as there is nothing to tell. */
export function Arrival() {
  const { app } = useTools();
  const isQuiet = app.sync.value.status.kind === 'idle' || app.sync.value.status.kind === 'sending';
  if (isQuiet && !hasFinished(app)) return null;
  return <Later draw={({ ArrivalCard }) => <ArrivalCard />} />;
}

export function hasFinished(app: App): boolean {
  return app.responses.value.some(({ state }) => state !== 'draft');
}

/** None when everything has arrived. */
export function waitingSentences({ words, sync, responses }: App): readonly string[] {
  const { waiting } = sync.value;
  const files = filesSentences(words, {
    photosHere: total(responses.value.map(({ photosHere }) => photosHere)),
    filesHere: total(responses.value.map(({ filesHere }) => filesHere)),
  });
  if (waiting === 0) return files;
  return [
    words.plural('{count} interview has not arrived yet.', '{count} interviews have not arrived yet.', waiting),
    ...files,
  ];
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
