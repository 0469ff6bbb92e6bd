/** The person said no: the form's own thanks; what was typed goes, and nothing is sent. */

import { useEffect } from 'preact/hooks';
import type { Interview, Poster, Visits } from '../../app/index.ts';
import { pagesOf } from '../../app/pages.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { liveForm } from '../questions/worded-form.ts';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { PagesLeft } from './cleared.tsx';

interface DeclinedProps {
  readonly interview: Interview;
  readonly visits: Visits;
  readonly poster: Poster | undefined;
}

export function Declined({ interview, visits, poster }: DeclinedProps) {
  const { app } = useTools();
  const { t } = app.words;
  const { lang } = app.language.value;
  useEffect(() => void visits.forgetting.remove(interview.responseId), [interview]);
  // It is closed, and can still be read.
  useEffect(() => void interview.showLanguage(lang), [interview, lang]);
  const form = liveForm(interview);
  const [thanks, ...more] = pagesOf(form)
    .slice(1)
    .flatMap((page) => (page.kind === 'questions' ? page.nodes : []))
    .map((note) => form.text(note, 'label', interview.pack.value));
  return (
    <>
      <PageHeading title={thanks?.text ?? t('Thank you')} page="declined">
        {thanks ? <Shown words={thanks} /> : t('Thank you')}
      </PageHeading>
      {more.map((words) => words && <p key={words.text}>{<Shown words={words} />}</p>)}
      <p class="lead">{t('Nothing was sent, and nothing is left on this phone. You can close this page.')}</p>
      <PagesLeft visits={visits} />
      {poster !== undefined && (
        <p>
          <a class="button button-second" href={pathOf({ screen: 'visit', code: poster.code })} rel="external">
            {t('Start again')}
          </a>
        </p>
      )}
    </>
  );
}
