/** An interview can stop at any moment; what was said so far waits on the home screen. */

import { useTools } from '../tools.ts';

export function StopLink() {
  const { t } = useTools().app.words;
  return (
    <a class="back" href="/">
      {t('Stop here and go on later')}
    </a>
  );
}
