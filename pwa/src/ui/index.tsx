/** The screens. `show` draws the app into a place of the page and keeps it up to date. */

import { render } from 'preact';
import type { App } from '../app/index.ts';
import { makeAnnouncer } from './announcer.ts';
import { makeLaterShelf } from './later-shelf.ts';
import { startRouter } from './router.ts';
import { Screens } from './screens.tsx';
import './styles/index.css';
import { type Tools, ToolsContext } from './tools.ts';

export function show(app: App, place: HTMLElement): void {
  const tools: Tools = {
    app,
    router: startRouter(window),
    announcer: makeAnnouncer(window),
    later: makeLaterShelf(() => import('./later.ts')),
  };
  render(
    <ToolsContext.Provider value={tools}>
      <Screens />
    </ToolsContext.Provider>,
    place,
  );
}
