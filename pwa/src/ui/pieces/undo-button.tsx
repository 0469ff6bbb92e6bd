/** Takes back what was just done, while that is still being said. */

import { useTools } from '../tools.ts';

export function UndoButton({ undo }: { readonly undo: () => void }) {
  const { app, announcer } = useTools();
  const takeBack = (): void => {
    undo();
    announcer.clear();
    // The button goes with its words.
    document.querySelector('h1')?.focus();
  };
  return (
    <button type="button" class="button button-quiet" onClick={takeBack}>
      {app.words.t('Undo')}
    </button>
  );
}
