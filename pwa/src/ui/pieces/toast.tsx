/** Says what just happened, once, aloud too, with an Undo where there is one: only screens that are fetched apart have such. */

import { useTools } from '../tools.ts';

export function Toast() {
  const { announcer, later } = useTools();
  const announcement = announcer.announcement.value;
  const undo = announcement?.undo;
  const state = later.state.value;
  return (
    <div class="toasts" role="status">
      {announcement && (
        <div class="toast">
          <span>{announcement.text}</span>
          {undo && state.kind === 'here' && <state.screens.UndoButton undo={undo} />}
        </div>
      )}
    </div>
  );
}
