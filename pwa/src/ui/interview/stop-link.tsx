/** An interview can stop at any moment; what was said so far waits on the home screen. A resident's way to stop is in their frame. */

import { isResident } from '../pieces/resident.ts';
import { useTools } from '../tools.ts';

export function StopLink() {
  const { app } = useTools();
  const { t } = app.words;
  if (isResident(app)) return null;
  return (
    <a class="back" href="/">
      {t('Stop here and go on later')}
    </a>
  );
}
