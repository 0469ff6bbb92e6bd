/** Round every screen of a resident, as the server draws it: languages first, then the page, then who asks. */

import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Interview, Poster, Visits } from '../../app/index.ts';
import { PhoneTrouble } from '../pieces/phone-trouble.tsx';
import { posterHere } from '../pieces/poster-here.ts';
import { Toast } from '../pieces/toast.tsx';
import { Wordmark } from '../pieces/wordmark.tsx';
import { pathOf, type Route } from '../routes.ts';
import { useTools } from '../tools.ts';
import { ReportLink, TranslationLine, WordsAwaited } from '../words/translation-line.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { LanguageButtons } from './language-buttons.tsx';

interface ResidentFrameProps {
  readonly route: Route;
  readonly visits: Visits;
  readonly children: ComponentChildren;
}

export function ResidentFrame({ route, visits, children }: ResidentFrameProps) {
  const { app } = useTools();
  const { t } = app.words;
  const asking = route.screen === 'fill' || route.screen === 'check';
  const interview = asking ? app.interview.value : undefined;
  const poster = posterHere(app, visits, route);
  useEffect(() => void visits.load(), [visits]);
  return (
    <div class="frame">
      <a class="skip" href="#page">
        {t('Skip to the page')}
      </a>
      <header class="top">
        <Wordmark />
        <LanguageButtons interview={interview} poster={poster} />
      </header>
      {asking && <ConnectionLine visits={visits} />}
      <main class="page" id="page" tabIndex={-1}>
        <PhoneTrouble />
        <WordsAwaited />
        {children}
      </main>
      <Foot route={route} poster={poster} interview={interview} />
      <Toast />
    </div>
  );
}

/** Always in sight: the way to stop, who asks, and whom to ask about one's answers. */
function Foot({
  route,
  poster,
  interview,
}: {
  readonly route: Route;
  readonly poster: Poster | undefined;
  readonly interview: Interview | undefined;
}) {
  const { t } = useTools().app.words;
  return (
    <footer class="foot who">
      {interview === undefined ? (
        <OtherWays route={route} />
      ) : (
        <a class="back" href={pathOf({ screen: 'stop', responseId: interview.responseId })}>
          {t('Stop')}
        </a>
      )}
      {poster !== undefined && (
        <>
          <p>{t('{programme} asks these questions.', { programme: poster.programme })}</p>
          <p>{t('Questions about your answers: {contact}', { contact: poster.privacyContact })}</p>
        </>
      )}
      <p class="foot-links">
        <a href="/help">{t('Help')}</a> <ReportLink />
      </p>
      <TranslationLine interview={interview} />
    </footer>
  );
}

function OtherWays({ route }: { readonly route: Route }) {
  const { app } = useTools();
  const { t } = app.words;
  return (
    <nav class="foot-links" aria-label={t('More')}>
      {route.screen !== 'home' && <a href="/">{t('Your answers on this phone')}</a>}
      <a href={`/answers?lang=${app.language.value.lang}`} rel="external">
        {t('Read or take back answers that you sent')}
      </a>
    </nav>
  );
}
