/** Drawn by us on a 24 unit grid, one stroke weight. They stand beside words and say nothing of their own. */

import type { ComponentChildren } from 'preact';

type IconName = 'arrow' | 'check' | 'clock' | 'globe' | 'pen' | 'pin' | 'plus' | 'warning';

const SHAPES: Readonly<Record<IconName, ComponentChildren>> = {
  arrow: <path d="M15 5l-7 7 7 7" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  clock: <path d="M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z" />,
  globe: (
    <path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c-5 5.5-5 11.5 0 17 5-5.5 5-11.5 0-17z" />
  ),
  pen: <path d="M4.5 19.5l1-4.5L15.5 5a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L9 18.5z" />,
  pin: (
    <path d="M12 21c-4-4.5-6.5-7.5-6.5-11a6.5 6.5 0 0 1 13 0c0 3.5-2.5 6.5-6.5 11zM12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z" />
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  warning: <path d="M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.3" />,
};

/** `turns`: an arrow along the line of writing, mirrored in right-to-left text. */
export function Icon({ name, turns = false }: { readonly name: IconName; readonly turns?: boolean }) {
  return (
    <svg
      class={turns ? 'icon icon-turns' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
