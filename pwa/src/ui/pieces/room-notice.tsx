/** Little room is left on this phone: said once, while there is still time. */

import { useTools } from '../tools.ts';

export function RoomNotice() {
  const { app } = useTools();
  const { t } = app.words;
  const waits =
    app.sync.value.waiting > 0 || app.responses.value.some(({ photosHere, filesHere }) => photosHere + filesHere > 0);
  return (
    <div class="notice notice-wait" role="status">
      <p>{t('This phone is nearly full. Remove some photos or apps that you do not need.')}</p>
      {waits && <p>{t('Send what waits here as soon as you can.')}</p>}
      <button type="button" class="button button-second" onClick={() => app.actions.acknowledgeRoom()}>
        {t('I have read this')}
      </button>
    </div>
  );
}
