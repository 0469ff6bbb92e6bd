/** What may be seen while the phone is locked: the lock, help, the language, and what has not arrived yet. */

import { useEffect } from 'preact/hooks';
import { Help } from '../help/help.tsx';
import { WaitingLine } from '../pieces/arrival.tsx';
import { LanguagePicker } from '../pieces/language-picker.tsx';
import { PhoneTrouble } from '../pieces/phone-trouble.tsx';
import { Wordmark } from '../pieces/wordmark.tsx';
import type { Route } from '../routes.ts';
import { useTools } from '../tools.ts';
import { TranslationLine, WordsAwaited } from '../words/translation-line.tsx';
import { LockScreen } from './lock-screen.tsx';
import { usePeople } from './use-people.ts';

export function LockScreens({ route }: { readonly route: Route }) {
  const { app, announcer, shown } = useTools();
  const { t } = app.words;
  const people = usePeople();
  // Nothing of the page before is left to be read, heard or undone.
  useEffect(() => {
    announcer.clear();
    shown.value = undefined;
  }, []);
  return (
    <div class="frame">
      <a class="skip" href="#page">
        {t('Skip to the page')}
      </a>
      <header class="top">
        <Wordmark />
        <LanguagePicker interview={undefined} />
        <WaitingLine />
      </header>
      <main class="page" id="page" tabIndex={-1}>
        <PhoneTrouble />
        <WordsAwaited />
        {route.screen === 'help' ? (
          <>
            <a class="back" href="/">
              {t('Back to the start')}
            </a>
            <Help />
          </>
        ) : (
          people && <LockScreen people={people} />
        )}
      </main>
      <footer class="foot">
        <nav class="foot-links" aria-label={t('More')}>
          <a href="/help">{t('Help')}</a>
        </nav>
        <TranslationLine interview={undefined} />
      </footer>
    </div>
  );
}
