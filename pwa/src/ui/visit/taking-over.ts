/**
 * The server's page works by itself. Behind it the app gets ready; when it is, the next submit is caught, and from then on the app
 * goes on without a connection. Whatever goes wrong before that, the server goes on.
 *
 * - Nothing on the page changes while the app gets ready.
 * - Only when the answers of the page are on the disk does the page give way.
 * - A page of answers that ended on this phone, which the browser's Back may bring, shows nothing of them.
 * - One submit is one submit: while it is taken over, others are let fall.
 */

import type { App, VisitPage, Visits } from '../../app/index.ts';
import { pageAt, pagesOf } from '../../app/pages.ts';
import { readVisitPage } from '../../app/visit-page.ts';
import type { NodeDefinition } from '../../formlogic/definition.ts';
import { laterShelf, show } from '../index.tsx';
import { declined } from '../interview/declined.ts';
import { checkOf } from '../interview/route-to.ts';
import type { LaterShelf } from '../later-shelf.ts';
import { changeLanguage } from '../pieces/language-picker.tsx';
import type { Router } from '../router.ts';
import { pathOf, type Route, routeOf } from '../routes.ts';
import { showAbove, showStay } from './above-page.tsx';
import { answersIn, pressed, sendOn, storedText, takeSentBack } from './page-form.ts';

interface Ready {
  readonly app: App;
  readonly place: HTMLElement;
  readonly page: VisitPage;
  readonly form: HTMLFormElement;
  readonly later: LaterShelf;
  readonly definitions: ReadonlyMap<number, NodeDefinition>;
}

/** `text`: what the server wrote into `#visit`. */
export async function takeOverWhenReady(app: App, place: HTMLElement, text: string): Promise<void> {
  const page = readVisitPage(text);
  const visits = page && (await app.actions.visits());
  if (page === undefined || visits === undefined || (await leaveEnded(visits, page, place))) return;
  window.addEventListener('pageshow', ({ persisted }) => void (persisted && leaveEnded(visits, page, place)));
  const form = document.getElementById('question-form');
  // Beside the form and its words: on a slow line the waits lie over each other.
  const later = laterShelf();
  const fetched = later.fetch();
  const definitions = await visits.prepare(page);
  if (definitions === undefined) return app.storage.peek() === 'unavailable' ? showStay(app, place, later) : undefined;
  await fetched;
  // Whatever is still to be fetched for sending is fetched now, and what waits goes.
  void app.actions.syncNow();
  showAbove(app, place, page);
  // Without its words the page would go on in English.
  const speaks = await app.actions.prepareWords(page.lang);
  // What the person reads, and may have chosen on the page, is what the app goes on in when no form is open any more.
  if (speaks) await app.actions.setLanguage(page.lang);
  if (speaks && later.state.peek().kind === 'here' && form instanceof HTMLFormElement)
    catchSubmits({ app, place, page, form, later, definitions });
}

function catchSubmits(ready: Ready): void {
  let isBusy = false;
  const { form } = ready;
  // Lets tests and people's own scripts know, as `<html data-saved>` does.
  form.dataset['caught'] = 'yes';
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    isBusy = false;
    takeSentBack(form);
  });
  form.addEventListener('submit', (event) => {
    const go = pressed(event);
    const given = answersIn(form, ready.definitions, go);
    if (isBusy) event.preventDefault();
    if (isBusy || event.defaultPrevented || given === undefined || !isOurs(ready, go)) return;
    event.preventDefault();
    isBusy = true;
    void takeOver(ready, go, given).catch(() => sendOn(form, go));
  });
}

/** Stopping leaves nothing anywhere, as the server says too. What was finished may be shown again by Back: then only the server knows. */
function isOurs({ app, page }: Ready, go: string): boolean {
  const isHere = app.responses.peek().some(({ id }) => id === page.response);
  return go !== 'stop' && (isHere || !(go === 'finish' && howOpened() === 'back_forward'));
}

function howOpened(): string {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming ? navigation.type : '';
}

/** When the server drew this page; '' when it stood in the history, or was drawn again from what stood there. */
function drawnAt(): string {
  return howOpened() === 'navigate' ? new Date(performance.timeOrigin).toISOString() : '';
}

/** True when the page had to go: in its place comes a fresh one of the same poster. */
async function leaveEnded(visits: Visits, page: VisitPage, place: HTMLElement): Promise<boolean> {
  if (!(await visits.forgetting.isEnded(page.response))) return false;
  beginAfresh(page, place);
  return true;
}

function beginAfresh({ poster }: VisitPage, place: HTMLElement): void {
  document.getElementById('visit')?.remove();
  place.replaceChildren();
  window.location.replace(pathOf({ screen: 'visit', code: poster.code }));
}

async function takeOver(ready: Ready, go: string, given: ReadonlyMap<number, readonly string[]>): Promise<void> {
  const { app, page, form } = ready;
  const outcome = await app.visits.value?.takeOver({ page, given, stored: storedText, drawnAt: drawnAt() });
  const responseId = page.response;
  if (outcome === 'open') await goOn(ready, go);
  else if (outcome === 'finished') giveWay(ready, { screen: 'finished', responseId });
  else if (outcome === 'ended') beginAfresh(page, ready.place);
  else if (outcome === 'elsewhere') giveWay(ready, { screen: 'fill', responseId, page: '' });
  else sendOn(form, go);
}

/** The same page once more, drawn by the app; then the same button, there. */
async function goOn(ready: Ready, go: string): Promise<void> {
  const { app, page, place } = ready;
  const [act, wanted = ''] = go.split(':');
  const router = giveWay(ready, routeOf(`/interview/${page.response}/${page.page}`));
  const check = act === 'check' ? checkAfter(app, page) : undefined;
  if (check !== undefined) router.go(check);
  else if (act === 'continue' || act === 'finish' || act === 'check') pressLast(place);
  else if (act === 'back') place.querySelector<HTMLElement>('.page-top .back')?.click();
  else if (act === 'change') router.go({ screen: 'fill', responseId: page.response, page: wanted });
  else if (act === 'language') await speak(app, wanted);
}

/** An answer was changed on the way from a check: back there, unless something is wrong with it. */
function checkAfter(app: App, { page: address }: VisitPage): Route | undefined {
  const interview = app.interview.peek();
  if (interview === undefined) return undefined;
  const page = pageAt(pagesOf(interview.form), address);
  if (page?.kind !== 'questions' || page.nodes.some(({ problem }) => problem !== undefined)) return undefined;
  return declined(app, interview) ?? checkOf(interview, page.part);
}

/** Continue and Finish are the last wide button of a page. */
function pressLast(place: HTMLElement): void {
  const buttons = place.querySelectorAll<HTMLButtonElement>('main button.button-wide');
  buttons[buttons.length - 1]?.click();
}

async function speak(app: App, lang: string): Promise<void> {
  const interview = app.interview.peek();
  if (interview !== undefined) await changeLanguage(app, interview, lang);
}

/** The page's place in the history becomes the app's. */
function giveWay({ app, place, later }: Ready, route: Route): Router {
  history.replaceState(null, '', pathOf(route));
  document.getElementById('visit')?.remove();
  place.replaceChildren();
  const { lang, direction } = app.language.peek();
  document.documentElement.lang = lang;
  document.documentElement.dir = direction;
  return show(app, place, later);
}
