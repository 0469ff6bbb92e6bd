/**
 * The line over the server's page: what this phone still has of an earlier visit. It sends by itself what waits.
 * It comes after the page has been read, perhaps with a finger on its way: so it stands at the foot of the window, nothing on the page
 * moves for it, and a person can put it away.
 */

import { signal, useSignal } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import type { App, VisitPage } from '../../app/index.ts';
import type { LaterShelf } from '../later-shelf.ts';
import { keepClearOf } from '../pieces/keep-clear.ts';
import { NotYours, Removed, useRemoved } from '../resident/not-yours.tsx';
import { pathOf } from '../routes.ts';

export function showAbove(app: App, place: HTMLElement, page: VisitPage): void {
  const box = boxAbove(app, place);
  if (box !== undefined)
    render(<AbovePage app={app} page={page} waitedAtFirst={app.sync.peek().waiting} sent={signal(0)} />, box);
}

/** Nothing can be kept here: the server goes on by itself. */
export async function showStay(app: App, place: HTMLElement, later: LaterShelf): Promise<void> {
  await later.fetch();
  const box = boxAbove(app, place);
  const said = app.words.t(
    'This browser keeps nothing. Your answers go straight to the team when you send them: keep this page open until then.',
  );
  if (box !== undefined)
    render(
      <PutAway app={app}>
        <p class="notice">{said}</p>
      </PutAway>,
      box,
    );
}

function boxAbove(app: App, place: HTMLElement): HTMLElement | undefined {
  const frame = place.querySelector<HTMLElement>('.frame');
  if (frame === null) return undefined;
  const box = document.createElement('div');
  box.className = 'above-page above-foot';
  box.setAttribute('role', 'status');
  // The person may have chosen another language here before than the page is in now.
  const { lang, direction } = app.language.peek();
  box.lang = lang;
  box.dir = direction;
  frame.append(box);
  keepClearOf(box, frame);
  return box;
}

function PutAway({ app, children }: { readonly app: App; readonly children: ComponentChildren }) {
  const isAway = useSignal(false);
  if (isAway.value) return null;
  const putAway = (): void => {
    isAway.value = true;
    // The button is gone: reading goes on with the page.
    document.getElementById('page')?.focus();
  };
  return (
    <>
      {children}
      <button type="button" class="back" onClick={putAway}>
        {app.words.t('Hide this message')}
      </button>
    </>
  );
}

interface AbovePageProps {
  readonly app: App;
  readonly page: VisitPage;
  readonly waitedAtFirst: number;
  readonly sent: { value: number };
}

function AbovePage({ app, page, waitedAtFirst, sent }: AbovePageProps) {
  const { t, plural } = app.words;
  const removed = useRemoved();
  const { waiting } = app.sync.value;
  sent.value = Math.max(sent.value, waitedAtFirst - waiting);
  const draft = app.responses.value.find(({ state, visit }) => state === 'draft' && visit?.code === page.poster.code);
  if (sent.value === 0 && waiting === 0 && draft === undefined && removed.value === undefined) return null;
  return (
    <PutAway app={app}>
      {sent.value > 0 && (
        <p class="notice notice-good">
          {plural(
            '{count} set of answers on this phone was sent.',
            '{count} sets of answers on this phone were sent.',
            sent.value,
          )}
        </p>
      )}
      {waiting > 0 && (
        <p class="notice notice-wait">
          {plural(
            '{count} set of answers waits on this phone. It is being sent.',
            '{count} sets of answers wait on this phone. They are being sent.',
            waiting,
          )}
        </p>
      )}
      <Removed app={app} removed={removed} />
      {draft !== undefined && (
        <div class="notice">
          <p>{t('You began before, and did not finish.')}</p>
          <p class="buttons">
            <a class="back" href={pathOf({ screen: 'fill', responseId: draft.id, page: '' })}>
              {t('Go on with those answers')}
            </a>
            <NotYours app={app} removed={removed} responseId={draft.id} />
          </p>
        </div>
      )}
    </PutAway>
  );
}
