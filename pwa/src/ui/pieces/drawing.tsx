/** Small drawings in the lines of the mark. They stand beside words and say nothing of their own. */

import type { ComponentChildren } from 'preact';

/** `still`: rings in still water, where nothing is yet. `done`: the mark itself, its sun at rest. */
export function Drawing({ name }: { readonly name: 'still' | 'done' }) {
  return (
    <svg class="drawing" viewBox="0 0 128 72" aria-hidden="true" focusable="false">
      {name === 'still' ? <Still /> : <Done />}
    </svg>
  );
}

function Still() {
  return (
    <>
      <ellipse class="drawing-far" cx="64" cy="50" rx="58" ry="19" />
      <ellipse cx="64" cy="50" rx="38" ry="12" />
      <ellipse cx="64" cy="50" rx="18" ry="5.5" />
      <circle class="drawing-sun" cx="64" cy="18" r="9" />
    </>
  );
}

function Done() {
  return (
    <>
      <path class="drawing-far" d="M6 70h32M90 70h32" />
      <circle cx="64" cy="36" r="34" />
      <circle cx="64" cy="46" r="24" />
      <circle class="drawing-sun" cx="64" cy="56" r="14" />
    </>
  );
}

/** There is nothing here yet: said, drawn, and with a way on where there is one. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="empty">
      <Drawing name="still" />
      {children}
    </div>
  );
}
