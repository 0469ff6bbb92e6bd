/** Whose phone this is, the language, the version, how much room the interviews take, and how the app looks. */

import { LettersCard } from '../letters/letters-card.tsx';
import { PeopleCard } from '../lock/people-card.tsx';
import { MapCard } from '../map/map-card.tsx';
import { Icon } from '../pieces/icons.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { useTools } from '../tools.ts';
import { Fact } from './fact.tsx';
import { LooksChoice } from './looks-choice.tsx';
import { StorageFacts } from './storage-facts.tsx';

export function Settings() {
  const { app } = useTools();
  const { t } = app.words;
  const { lang, autonym, direction } = app.language.value;
  return (
    <>
      <a class="back" href="/">
        <Icon name="arrow" turns />
        {t('Back to the start')}
      </a>
      <PageHeading title={t('Settings')} page="settings">
        {t('Settings')}
      </PageHeading>
      <dl class="facts card">
        <Enrolled />
        <Fact name={t('Language')}>
          <span lang={lang} dir={direction}>
            {autonym}
          </span>
        </Fact>
        <StorageFacts />
        <Fact name={t('Version of Fieldwell')}>
          <bdi>{app.version}</bdi>
        </Fact>
      </dl>
      <p class="quiet">{t('Change the language at the top of the page.')}</p>
      <MapCard />
      <PeopleCard />
      <LooksChoice />
      <LettersCard />
    </>
  );
}

function Enrolled() {
  const { app } = useTools();
  const { t } = app.words;
  const enrolment = app.enrolment.value;
  if (enrolment.kind !== 'enrolled')
    return <Fact name={t('This phone')}>{t('It has no link from a coordinator yet.')}</Fact>;
  return (
    <>
      <Fact name={t('This phone belongs to')}>
        <bdi>{enrolment.name}</bdi>
      </Fact>
      <Fact name={t('Neighbourhood')}>
        <bdi>{enrolment.neighbourhood.name}</bdi>
      </Fact>
    </>
  );
}
