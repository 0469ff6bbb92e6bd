/** The frame round every screen: skip link, name, language, the page, what has not arrived, the way to the other screens. */

import type { ComponentChildren } from 'preact';
import type { Interview } from '../app/index.ts';
import { WaitingCount } from './pieces/arrival.tsx';
import { LanguagePicker } from './pieces/language-picker.tsx';
import { PhoneTrouble } from './pieces/phone-trouble.tsx';
import { Toast } from './pieces/toast.tsx';
import { Wordmark } from './pieces/wordmark.tsx';
import type { Route } from './routes.ts';
import { useTools } from './tools.ts';

interface FrameProps {
  readonly route: Route;
  readonly interview?: Interview | undefined;
  readonly children: ComponentChildren;
}

export function Frame({ route, interview, children }: FrameProps) {
  const { t } = useTools().app.words;
  return (
    <div class="frame">
      <a class="skip" href="#page">
        {t('Skip to the page')}
      </a>
      <header class="top">
        <Wordmark />
        <LanguagePicker interview={interview} />
      </header>
      <main class="page" id="page" tabIndex={-1}>
        <PhoneTrouble />
        {children}
      </main>
      <Foot route={route} />
      <Toast />
    </div>
  );
}

/** What has not arrived is counted here, save where the page itself says so. */
function Foot({ route }: { readonly route: Route }) {
  const { app } = useTools();
  const { t } = app.words;
  if (app.enrolment.value.kind !== 'enrolled') return null;
  return (
    <footer class="foot">
      {route.screen !== 'home' && route.screen !== 'responses' && <WaitingCount />}
      <nav class="foot-links" aria-label={t('More')}>
        <a href="/responses">{t('Your interviews')}</a>
        <a href="/settings">{t('Settings')}</a>
      </nav>
    </footer>
  );
}
