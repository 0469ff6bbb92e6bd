/** Help, in the same place on every screen: whom to ask, where answers are kept, how to read more easily. */

import type { ComponentChildren } from 'preact';
import { WhomToRing } from '../home/whom-to-ring.tsx';
import { LettersCard } from '../letters/letters-card.tsx';
import { PageHeading } from '../pieces/page-heading.tsx';
import { posterHere } from '../pieces/poster-here.ts';
import { isResident } from '../pieces/resident.ts';
import { useTools } from '../tools.ts';

export function Help() {
  const { app } = useTools();
  const { t } = app.words;
  const ofResident = isResident(app);
  return (
    <>
      <PageHeading title={t('Help')} page="help">
        {t('Help')}
      </PageHeading>
      <WhomToAsk ofResident={ofResident} />
      <Part title={t('Your answers')}>{ofResident ? <OwnAnswers /> : <GivenAnswers />}</Part>
      <Part title={t('Change the language')}>
        <p>
          {t('Choose it at the top of each page. You can change it at any time, even half-way through the questions.')}
        </p>
      </Part>
      <EasierToRead ofResident={ofResident} />
      <LettersCard />
      <p>
        <a class="back" href="/word">
          {t('Report a wrong word')}
        </a>
      </p>
      <p>
        <a class="back" href={`/accessibility?lang=${app.language.value.lang}`} rel="external">
          {t('What works for everybody, and what does not yet (accessibility)')}
        </a>
      </p>
      <p>
        <a class="back" href="/licences.txt" rel="external">
          {t('Licences of the software in this app')}
        </a>
      </p>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="stack-close">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function WhomToAsk({ ofResident }: { readonly ofResident: boolean }) {
  const { app } = useTools();
  const { t } = app.words;
  const visits = app.visits.value;
  const poster = visits && posterHere(app, visits, { screen: 'help' });
  const contacts = [poster?.contact, poster?.privacyContact].filter((one) => one !== undefined && one !== '');
  return (
    <Part title={t('Who to ask')}>
      {ofResident ? <p>{t('Ask the team that asks these questions.')}</p> : <p>{t('Ask your coordinator.')}</p>}
      {[...new Set(contacts)].map((contact) => (
        <p key={contact}>
          <bdi lang="">{contact}</bdi>
        </p>
      ))}
      {!ofResident && <WhomToRing />}
      <p>{t('Is somebody in danger now? Call 999.')}</p>
    </Part>
  );
}

function OwnAnswers() {
  const { t } = useTools().app.words;
  return (
    <>
      <p>{t('Your answers stay on this phone until you send them. Then the team can read them.')}</p>
      <p>{t('You get a code. With it you can read your answers again, or take them back.')}</p>
      <p>{t('You can leave out any question that says “(optional)”, and you can stop at any time.')}</p>
    </>
  );
}

function GivenAnswers() {
  const { t } = useTools().app.words;
  return (
    <>
      <p>{t('Each answer is saved on this phone at once, even without a connection.')}</p>
      <p>{t('What you finish is sent by itself as soon as there is a connection.')}</p>
      <p>{t('Only your team can read what was sent.')}</p>
    </>
  );
}

function EasierToRead({ ofResident }: { readonly ofResident: boolean }) {
  const { t } = useTools().app.words;
  return (
    <Part title={t('Make it easier to read and press')}>
      <p>{t('Make the letters larger in the settings of your browser or phone. Every page still fits.')}</p>
      {!ofResident && (
        <p>
          <a class="back" href="/settings">
            {t('Larger buttons, and light or dark colours, are in the settings')}
          </a>
        </p>
      )}
    </Part>
  );
}
