/** The screens. `show` draws the app into a place of the page and keeps it up to date. */

import { signal } from '@preact/signals';
import { render } from 'preact';
import type { App } from '../app/index.ts';
import { makeAnnouncer } from './announcer.ts';
import { type LaterShelf, makeLaterShelf } from './later-shelf.ts';
import { linkStyles } from './later-styles.ts';
import { type Router, startRouter } from './router.ts';
import { Screens } from './screens.tsx';
import './styles/index.css';
import laterStyles from './styles/later.css?url';
import { type Tools, ToolsContext } from './tools.ts';

export function show(app: App, place: HTMLElement, later = laterShelf()): Router {
  const tools: Tools = {
    app,
    router: startRouter(window),
    announcer: makeAnnouncer(window),
    later,
    home: signal(),
    playing: signal(),
    shown: signal(),
  };
  render(
    <ToolsContext.Provider value={tools}>
      <Screens />
    </ToolsContext.Provider>,
    place,
  );
  return tools.router;
}

/** Screens and their styles. */
export function laterShelf(): LaterShelf {
  return makeLaterShelf(async () => {
    const [screens] = await Promise.all([import('./later.ts'), linkStyles(laterStyles)]);
    return screens;
  });
}
