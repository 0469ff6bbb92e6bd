/**
 * Putting the app on the home screen: offered once there is something finished, and not again for 30 days to whoever wants none.
 * On an iPhone the icon opens a store of its own: what was answered before stays behind, so it is offered only when nothing is at stake.
 */

import { useSignal } from '@preact/signals';
import type { App } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { HomeScreenSteps } from './home-screen-steps.tsx';

export function InstallCard() {
  const { app } = useTools();
  const { t } = app.words;
  const way = wayToInstall(app, window);
  if (way === undefined) return null;
  return (
    <section class="card" aria-labelledby="install">
      <h2 id="install">{t('Put Fieldwell on your home screen')}</h2>
      <p>{t('It opens like an app, also without a connection, and your phone keeps its answers better.')}</p>
      {way === 'by hand' ? <ByHand /> : <ByButton ask={way} />}
    </section>
  );
}

function ByButton({ ask }: { readonly ask: () => Promise<boolean> }) {
  const { app } = useTools();
  const { t } = app.words;
  const install = async (): Promise<void> => {
    if (!(await ask())) await app.day.peek()?.putInstallAway();
  };
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={install}>
        {t('Add it now')}
      </button>
      <NotNow />
    </div>
  );
}

function ByHand() {
  const { t } = useTools().app.words;
  const shown = useSignal(false);
  return (
    <>
      <p>
        {t(
          'The icon starts empty: what you did here before does not move to it. All of it has been sent, so nothing is lost. You need a new link from your coordinator.',
        )}
      </p>
      {shown.value && <HomeScreenSteps />}
      <div class="buttons">
        {!shown.value && (
          <button
            type="button"
            class="button button-second"
            onClick={() => {
              shown.value = true;
            }}
          >
            {t('Show me how')}
          </button>
        )}
        <NotNow />
      </div>
    </>
  );
}

function NotNow() {
  const { app } = useTools();
  return (
    <button type="button" class="button button-quiet" onClick={() => app.day.peek()?.putInstallAway()}>
      {app.words.t('Not now')}
    </button>
  );
}

/** Of the window, what tells where the app is open. */
interface Place {
  matchMedia(query: string): { readonly matches: boolean };
  readonly navigator: object;
}

/** Undefined: not now, not here, or it is there already. */
export function wayToInstall(app: App, page: Place): 'by hand' | (() => Promise<boolean>) | undefined {
  const responses = app.responses.value;
  const mayAsk = app.day.value?.mayOfferInstall.value === true && responses.some(({ state }) => state !== 'draft');
  if (!mayAsk || page.matchMedia('(display-mode: standalone)').matches) return undefined;
  if (app.install.value !== undefined) return app.install.value;
  const { navigator } = page;
  // Only Safari on an iPhone or iPad knows this word; true: it was opened from the icon.
  const isIos = 'standalone' in navigator && navigator.standalone === false;
  const atStake = responses.some(({ state, photosHere, filesHere }) => isOnlyHere(state) || photosHere + filesHere > 0);
  return isIos && !atStake && app.sync.value.waiting === 0 ? 'by hand' : undefined;
}

function isOnlyHere(state: string): boolean {
  return state === 'draft' || state === 'finalised' || state === 'refused';
}
