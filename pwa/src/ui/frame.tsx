/** The frame round every screen: skip link, name, language, what has not arrived, the page, the way to the other screens. */

import type { ComponentChildren } from 'preact';
import type { Interview } from '../app/index.ts';
import { WaitingLine } from './pieces/arrival.tsx';
import { LanguagePicker } from './pieces/language-picker.tsx';
import { Later } from './pieces/later.tsx';
import { PhoneTrouble } from './pieces/phone-trouble.tsx';
import { Toast } from './pieces/toast.tsx';
import { Wordmark } from './pieces/wordmark.tsx';
import type { Route } from './routes.ts';
import { useTools } from './tools.ts';
import { ReportLink, TranslationLine, WordsAwaited } from './words/translation-line.tsx';

interface FrameProps {
  readonly route: Route;
  readonly interview?: Interview | undefined;
  readonly children: ComponentChildren;
}

/** What has not arrived is said at the top, save where the page itself says so. */
export function Frame({ route, interview, children }: FrameProps) {
  const { t } = useTools().app.words;
  const waiting = placeOfWaiting(route);
  return (
    <div class="frame">
      <a class="skip" href="#page">
        {t('Skip to the page')}
      </a>
      <header class="top">
        <Wordmark />
        <LanguagePicker interview={interview} />
        {waiting === 'top' && <WaitingLine />}
      </header>
      <main class="page" id="page" tabIndex={-1}>
        <PhoneTrouble />
        <WordsAwaited />
        {children}
      </main>
      <Foot interview={interview}>{waiting === 'foot' && <WaitingLine />}</Foot>
      <Toast />
    </div>
  );
}

/** Where questions are asked it stands at the foot: a line that comes and goes at the top would move choices from under a finger. */
function placeOfWaiting({ screen }: Route): 'top' | 'foot' | 'page' {
  if (screen === 'home' || screen === 'responses') return 'page';
  return screen === 'fill' || screen === 'check' ? 'foot' : 'top';
}

function Foot({ interview, children }: Omit<FrameProps, 'route'>) {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <footer class="foot">
      {children}
      <nav class="foot-links" aria-label={t('More')}>
        {app.enrolment.value.kind === 'enrolled' && (
          <>
            <a href="/responses">{t('Your interviews')}</a>
            <a href="/settings">{t('Settings')}</a>
          </>
        )}
        <a href="/help">{t('Help')}</a>
        {app.lock.value.worker && <Later draw={({ LockButton }) => <LockButton />} />}
        <ReportLink />
      </nav>
      <TranslationLine interview={interview} />
    </footer>
  );
}
