/** The frame round every screen: skip link, name, language, the page, what has not arrived, the way to the other screens. */

import type { ComponentChildren } from 'preact';
import type { Interview } from '../app/index.ts';
import { WaitingCount } from './pieces/arrival.tsx';
import { LanguagePicker } from './pieces/language-picker.tsx';
import { PhoneTrouble } from './pieces/phone-trouble.tsx';
import { Toast } from './pieces/toast.tsx';
import { Wordmark } from './pieces/wordmark.tsx';
import { useTools } from './tools.ts';

interface FrameProps {
  readonly interview?: Interview | undefined;
  readonly children: ComponentChildren;
}

export function Frame({ interview, children }: FrameProps) {
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
      <Foot />
      <Toast />
    </div>
  );
}

function Foot() {
  const { app } = useTools();
  const { t } = app.words;
  if (app.enrolment.value.kind !== 'enrolled') return null;
  return (
    <footer class="foot">
      <WaitingCount />
      <nav class="foot-links" aria-label={t('More')}>
        <a href="/responses">{t('Your interviews')}</a>
        <a href="/settings">{t('Settings')}</a>
      </nav>
    </footer>
  );
}
