/** What every component may use: the app, the way to other screens, the voice that tells what has changed, and what is fetched apart. */

import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../app/index.ts';
import type { Announcer } from './announcer.ts';
import type { LaterShelf } from './later-shelf.ts';
import type { ApartState } from './pieces/apart.tsx';
import type { Router } from './router.ts';

export interface Tools {
  readonly app: App;
  readonly router: Router;
  readonly announcer: Announcer;
  readonly later: LaterShelf;
  /** What the page before showed, for whoever wants to report its words. */
  readonly shown: Signal<JustShown | undefined>;
  /** A worker's home, once it has been fetched. */
  readonly home: Signal<ApartState>;
  /** What is heard now, and how to stop it. */
  readonly playing: Signal<(() => void) | undefined>;
}

export interface JustShown {
  readonly screen: string;
  /** Its address. */
  readonly from: string;
  /** BCP 47: what it spoke for the most part. */
  readonly lang: string;
  readonly sentences: readonly Sentence[];
}

export interface Sentence {
  readonly words: string;
  /** BCP 47. */
  readonly lang: string;
}

export const ToolsContext = createContext<Tools | undefined>(undefined);

export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (tools === undefined) throw new Error('This was drawn outside of show().');
  return tools;
}
