/** Interviews that were begun and can be gone on with. */

import type { ResponseSummary } from '../../app/index.ts';
import { ResponseName } from '../pieces/response-name.tsx';
import { pathOf } from '../routes.ts';
import { useTools } from '../tools.ts';

export function Drafts() {
  const { app } = useTools();
  const drafts = app.responses.value.filter((response) => response.state === 'draft');
  if (drafts.length === 0) return null;
  return (
    <section class="stack-close">
      <h2>{app.words.t('Interviews to go on with')}</h2>
      <ul class="cards">
        {drafts.map((draft) => (
          <li key={draft.id} class="card">
            <ResponseName response={draft} id={`draft-${draft.id}`} level={3} />
            <DraftActs draft={draft} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DraftActs({ draft }: { readonly draft: ResponseSummary }) {
  const { app, announcer } = useTools();
  const { t } = app.words;
  const remove = async (): Promise<void> => {
    const { undo } = await app.actions.discardDraft(draft.id);
    // The button is gone with its line.
    document.querySelector('h1')?.focus();
    announcer.say({ text: t('The interview was removed.'), undo: () => void undo() });
  };
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
      <button type="button" class="button button-quiet" aria-describedby={describedBy} onClick={remove}>
        {t('Remove')}
      </button>
    </div>
  );
}
