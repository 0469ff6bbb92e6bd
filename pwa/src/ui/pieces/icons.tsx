/** Drawn by us on a 24 unit grid, one stroke weight, round ends. They stand beside words and say nothing of their own. */

const SHAPES = {
  arrow: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z',
  globe: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c-5 5.5-5 11.5 0 17 5-5.5 5-11.5 0-17z',
  warning: 'M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.3',
} as const;

/** `turns`: an arrow along the line of writing, mirrored in right-to-left text. */
export function Icon({ name, turns = false }: { readonly name: keyof typeof SHAPES; readonly turns?: boolean }) {
  return <Strokes path={SHAPES[name]} turns={turns} />;
}

/** One icon by its lines: the whole family looks as it is said here. */
export function Strokes({ path, turns }: { readonly path: string; readonly turns: boolean }) {
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
      <path d={path} />
    </svg>
  );
}
