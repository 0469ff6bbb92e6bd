/**
 * A question before an act that cannot be undone, over the page: drawn as long as it is asked.
 * The native <dialog>; browsers without one get a box that works alike. It takes focus, keeps it, and gives it back; Escape is "no".
 */

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogueProps {
  readonly title: string;
  /** The person has left without an answer. */
  readonly close: () => void;
  readonly children: ComponentChildren;
}

const CONTROLS = 'a[href], button, input, select, textarea';

export function Dialogue({ title, close, children }: DialogueProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const shown = box.current;
    const isNative = typeof shown?.showModal === 'function';
    if (isNative) shown.showModal();
    else {
      shown?.setAttribute('open', '');
      shown?.classList.add('dialogue-plain');
    }
    heading.current?.focus();
    return () => {
      if (isNative) shown.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class="dialogue"
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="dialogue-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => keepInside(event, close)}
    >
      <h2 id="dialogue-title" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}

/** From the last control on to the first, and back. */
function keepInside(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, close: () => void): void {
  if (event.key === 'Escape') {
    event.preventDefault();
    close();
  }
  if (event.key !== 'Tab') return;
  const controls = Array.from(event.currentTarget.querySelectorAll<HTMLElement>(CONTROLS));
  const [first, last] = [controls[0], controls[controls.length - 1]];
  const leaves = event.shiftKey
    ? document.activeElement === first || !controls.some((control) => control === document.activeElement)
    : document.activeElement === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
