/** Says what just happened, once, aloud too, with an Undo where there is one. */

import { useTools } from '../tools.ts';

export function Toast() {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const announcement = announcer.announcement.value;
  const undo = announcement?.undo;
  const takeBack = (): void => {
    undo?.();
    announcer.clear();
  };
  return (
    <div class="toasts" role="status">
      {announcement && (
        <div class="toast">
          <span>{announcement.text}</span>
          {undo && (
            <button type="button" class="button button-quiet" onClick={takeBack}>
              {t('Undo')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
