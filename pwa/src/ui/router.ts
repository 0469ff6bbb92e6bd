/** Where we are: the address bar as a signal. Links are plain `<a href>`; the router turns a tap on one into a move without reload. */

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { pathOf, type Route, routeOf } from './routes.ts';

export interface Router {
  readonly route: ReadonlySignal<Route>;
  /** Counts the moves since the app opened; 0 means that the browser itself brought us here. */
  readonly moves: ReadonlySignal<number>;
  go(route: Route): void;
  /** As `go`, without a step that the browser's Back would return to. */
  replace(route: Route): void;
  /** To a screen that lies behind us: the browser's own step back when that is where it leads, so that history does not grow. */
  back(route: Route): void;
  /** Did the person step from there to here? Holds after a reload too. */
  cameFrom(route: Route): boolean;
}

export function startRouter(page: Window): Router {
  const path = signal(page.location.pathname);
  const moves = signal(0);
  const arrive = (): void => {
    moves.value += 1;
    path.value = page.location.pathname;
  };
  const push = (to: string): void => {
    page.history.pushState({ from: page.location.pathname }, '', to);
    arrive();
  };
  page.addEventListener('popstate', arrive);
  page.document.addEventListener('click', (event) => {
    const to = linkTarget(event, page.location);
    if (to === undefined) return;
    event.preventDefault();
    push(to);
  });
  return {
    route: computed(() => routeOf(path.value)),
    moves,
    go: (route) => push(pathOf(route)),
    replace: (route) => {
      page.history.replaceState(page.history.state, '', pathOf(route));
      arrive();
    },
    back: (route) => {
      if (previousPath(page.history.state) === pathOf(route)) page.history.back();
      else push(pathOf(route));
    },
    cameFrom: (route) => previousPath(page.history.state) === pathOf(route),
  };
}

function previousPath(state: unknown): unknown {
  return typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined;
}

/** The path a plain tap on one of our own links leads to; undefined leaves the tap to the browser. */
function linkTarget(event: MouseEvent, here: Location): string | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== '' || link.hasAttribute('download')) return;
  if (link.rel === 'external') return; // Pages of the server.
  return link.origin === here.origin && link.hash === '' ? link.pathname : undefined;
}
