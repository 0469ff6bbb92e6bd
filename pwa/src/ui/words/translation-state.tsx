/** That no person has checked the words, where that is so; that words are awaited; and the way to report a wrong one. */

import type { Interview, Language } from '../../app/index.ts';
import { isDraft } from '../interview/translation-notice.tsx';
import { useTools } from '../tools.ts';
import { sentencesOn } from './sentences-on.ts';

export function TranslationState({ interview }: { readonly interview: Interview | undefined }) {
  const { t, draft } = useTools().app.words;
  if (!draft() || (interview !== undefined && isDraft(interview))) return null;
  return <p class="quiet small">{t('A computer made this translation. No person has checked it yet.')}</p>;
}

/** What is on the page now can be pointed at on the next one. */
export function WordLink() {
  const { app, router, shown } = useTools();
  const note = (): void => {
    const { screen } = router.route.peek();
    const page = document.getElementById('page');
    if (screen === 'word' || page === null) return;
    const [interview, enrolment] = [app.interview.peek(), app.enrolment.peek()];
    shown.value = {
      screen: interview === undefined ? screen : `${screen} ${interview.formId}`,
      from: window.location.pathname,
      lang: interview?.pack.peek().lang ?? app.language.peek().lang,
      sentences: sentencesOn(page, enrolment.kind === 'enrolled' ? enrolment.name : ''),
    };
  };
  return (
    <a href="/word" onClick={note}>
      {app.words.t('Report a wrong word')}
    </a>
  );
}

/** The chosen language is not the one on the screen: its words have not come yet. */
export function AwaitedWords({ language }: { readonly language: Language }) {
  const { t } = useTools().app.words;
  const name = { language: language.autonym };
  return (
    <p class="notice notice-wait" role="status">
      {t(
        'The words in {language} are not on this phone yet. They come by themselves when there is a connection.',
        name,
      )}
    </p>
  );
}
