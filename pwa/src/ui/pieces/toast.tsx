/** The one polite voice of a page, and what it says that is seen too: with an Undo, where a screen that is fetched apart has one. */

import { useTools } from '../tools.ts';

export function Toast() {
  const { announcer, later } = useTools();
  const announcement = announcer.announcement.value;
  const undo = announcement?.undo;
  const state = later.state.value;
  return (
    <>
      <div class="toasts" role="status" aria-atomic="false">
        <span class="for-readers">{announcer.news.value}</span>
        {announcement && (
          <div class="toast">
            <span>{announcement.text}</span>
            {undo && state.kind === 'here' && <state.screens.UndoButton undo={undo} />}
          </div>
        )}
      </div>
      {state.kind === 'here' && <state.screens.News />}
    </>
  );
}
