/** What a coordinator has sent back: it waits for nobody but this worker. */

import { useTools } from '../tools.ts';

export function ToCorrect() {
  const { app } = useTools();
  const count = app.responses.value.filter(({ review }) => review?.state === 'returned').length;
  if (count === 0) return null;
  return (
    <p class="notice notice-wait">
      <a class="back" href="/responses">
        {app.words.plural('{count} interview to correct', '{count} interviews to correct', count)}
      </a>
    </p>
  );
}
