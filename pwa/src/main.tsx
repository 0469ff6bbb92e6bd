/** Joins the app, the browser and the screens. */

import { createApp } from './app/create.ts';
import { browserEnvironment } from './platform/browser.ts';
import { browserCatalogues } from './platform/catalogues.ts';
import { registerServiceWorker } from './platform/shell.ts';
import { show } from './ui/index.tsx';

/** Written in by the build, from package.json. */
declare const APP_VERSION: string;

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has lost its element with the id "app".');

const environment = browserEnvironment();
const { app } = createApp({ environment, catalogues: browserCatalogues(), version: APP_VERSION });
// The server has drawn its page of a poster here: it stays until the app can go on from it without a connection.
const visit = document.getElementById('visit')?.textContent;
if (typeof visit !== 'string') show(app, place);
else
  void import('./ui/visit/taking-over.ts')
    .then(({ takeOverWhenReady }) => takeOverWhenReady(app, place, visit))
    .catch(() => undefined);
// The shell is fetched a second time for the cache: that must not delay a first question.
environment.page.whenQuiet(() => registerServiceWorker('/sw.js'));
