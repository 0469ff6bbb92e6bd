/** A resident's own list: each set of answers with its code, and how far it has come. */

import type { Poster, ResponseSummary, Visits } from '../../app/index.ts';
import { shownReference } from '../../app/references.ts';
import { PageHeading } from '../pieces/page-heading.tsx';
import { Shown } from '../pieces/shown.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { arrivedSentence } from './arrived.ts';
import { ClearPhone } from './clear-phone.tsx';
import { Cleared, Sealed } from './cleared.tsx';

export function ResidentHome({ visits }: { readonly visits: Visits }) {
  const { app } = useTools();
  const { t } = app.words;
  const responses = app.responses.value;
  const posters = visits.posters.value;
  if (responses.length === 0) return <Cleared poster={posters[0]} visits={visits} />;
  return (
    <>
      <PageHeading title={t('Your answers on this phone')} page="home">
        {t('Your answers on this phone')}
      </PageHeading>
      <Sealed />
      <ul class="cards">
        {responses.map((response) => (
          <li key={response.id} class="card">
            <OwnLine response={response} posters={posters} />
          </li>
        ))}
      </ul>
      {posters[0] !== undefined && (
        <p>
          <a class="back" href={pathOf({ screen: 'visit', code: posters[0].code })} rel="external">
            {t('Answer questions at {venue}', { venue: posters[0].venue })}
          </a>
        </p>
      )}
      <ClearPhone visits={visits} />
    </>
  );
}

function OwnLine({ response, posters }: { readonly response: ResponseSummary; readonly posters: readonly Poster[] }) {
  const { words } = useTools().app;
  const { t } = words;
  const { id, state, visit } = response;
  const poster = posters.find(({ code }) => code === visit?.code);
  return (
    <>
      <h2 id={`response-${id}`}>
        <Shown
          words={poster ? { text: poster.venue, lang: '' } : { text: response.formTitle, lang: response.formTitleLang }}
        />
      </h2>
      <p class="quiet small">
        <bdi>{words.moment(response.when)}</bdi>
      </p>
      <p role="status">{arrivedSentence(words, response)}</p>
      {state !== 'draft' && visit !== undefined && (
        <p>
          {t('Your code:')}{' '}
          <output class="reference reference-small" dir="ltr" translate={false}>
            {shownReference(visit.reference)}
          </output>
        </p>
      )}
      <div class="buttons">
        {state === 'draft' ? <DraftActs id={id} /> : state !== 'erased' && <ReadLink id={id} />}
      </div>
    </>
  );
}

function DraftActs({ id }: { readonly id: string }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const remove = async (): Promise<void> => {
    const removed = await app.visits.value?.forgetting.remove(id);
    // The button is gone with its line.
    document.querySelector('h1')?.focus();
    announcer.say({ text: t('The answers were deleted.'), undo: () => void removed?.undo() });
  };
  const describedBy = `response-${id}`;
  return (
    <>
      <a class="button" href={pathOf({ screen: 'fill', responseId: id, page: '' })} aria-describedby={describedBy}>
        {t('Go on')}
      </a>
      <button type="button" class="button button-quiet" aria-describedby={describedBy} onClick={remove}>
        {t('Delete')}
      </button>
    </>
  );
}

function ReadLink({ id }: { readonly id: string }) {
  const { t } = useTools().app.words;
  return (
    <a class="back" href={pathOf({ screen: 'response', responseId: id })} aria-describedby={`response-${id}`}>
      {t('Read the answers')}
    </a>
  );
}
