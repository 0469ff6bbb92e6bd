/** Interviews that were begun and can be gone on with. */

import { useSignal } from '@preact/signals';
import type { ResponseSummary } from '../../app/index.ts';
import { Dialogue } from '../pieces/dialogue.tsx';
import { ResponseName } from '../pieces/response-name.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';
import { NO_INTERVIEW } from './no-interview-row.tsx';

export function Drafts() {
  const { app } = useTools();
  // What came to no interview is a draft only as long as it can be taken back.
  const drafts = app.responses.value.filter(({ state, formId }) => state === 'draft' && formId !== NO_INTERVIEW);
  if (drafts.length === 0) return null;
  return (
    <section class="stack-close">
      <h2>{app.words.t('Interviews to go on with')}</h2>
      <ul class="cards">
        {drafts.map((draft) => (
          <li key={draft.id} class="card">
            <ResponseName response={draft} id={`draft-${draft.id}`} level={3} />
            {draft.corrects && (
              <p>{app.words.t('A correction. What you finished before stays as it is until you finish this.')}</p>
            )}
            <DraftActs draft={draft} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function DraftActs({ draft }: { readonly draft: ResponseSummary }) {
  const { app } = useTools();
  const { t } = app.words;
  const asks = useSignal(false);
  const describedBy = `draft-${draft.id}`;
  return (
    <div class="buttons">
      <a
        class="button button-second"
        href={pathOf({ screen: 'fill', responseId: draft.id, page: '' })}
        aria-describedby={describedBy}
      >
        {t('Go on')}
      </a>
      <button
        type="button"
        class="button button-quiet"
        aria-describedby={describedBy}
        onClick={() => {
          asks.value = true;
        }}
      >
        {t('Remove')}
      </button>
      {asks.value && (
        <Removal
          draft={draft}
          close={() => {
            asks.value = false;
          }}
        />
      )}
    </div>
  );
}

function Removal({ draft, close }: { readonly draft: ResponseSummary; readonly close: () => void }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const remove = async (): Promise<void> => {
    close();
    const removed = await app.actions.discardDraft(draft.id);
    if (removed === undefined)
      return announcer.say({ text: t('This phone could not read what was saved. Close other apps, then try again.') });
    // The button is gone with its line.
    document.querySelector('h1')?.focus();
    const putBack = async (): Promise<void> => {
      if (await removed.undo()) return;
      announcer.say({ text: t('This phone could not bring it back. Make room, then try again.'), undo: putBack });
    };
    announcer.say({ text: t('The interview was removed.'), undo: putBack });
  };
  return (
    <Dialogue title={t('Remove this interview?')} close={close}>
      <p>
        {draft.corrects
          ? t('Your changes go. What you finished before stays.')
          : t('What was answered in it goes from this phone. Nobody else has it.')}
      </p>
      <div class="buttons">
        <button type="button" class="button button-danger" onClick={remove}>
          {t('Remove')}
        </button>
        <button type="button" class="button button-second" onClick={close}>
          {t('Keep it')}
        </button>
      </div>
    </Dialogue>
  );
}
