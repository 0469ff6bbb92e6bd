/** The screens. `show` draws the app into a place of the page and keeps it up to date. */

import { render } from 'preact';
import type { App } from '../app/index.ts';
import { makeAnnouncer } from './announcer.ts';
import { makeLaterShelf } from './later-shelf.ts';
import { linkStyles } from './later-styles.ts';
import { startRouter } from './router.ts';
import { Screens } from './screens.tsx';
import './styles/index.css';
import laterStyles from './styles/later.css?url';
import { type Tools, ToolsContext } from './tools.ts';

export function show(app: App, place: HTMLElement): void {
  const tools: Tools = {
    app,
    router: startRouter(window),
    announcer: makeAnnouncer(window),
    later: makeLaterShelf(async () => {
      const [screens] = await Promise.all([import('./later.ts'), linkStyles(laterStyles)]);
      return screens;
    }),
  };
  render(
    <ToolsContext.Provider value={tools}>
      <Screens />
    </ToolsContext.Provider>,
    place,
  );
}
