/** The address of every screen. One place to read and write them, so that a link and the router never disagree. */

import type { PagePart } from '../app/pages.ts';

export type Route =
  | { readonly screen: 'home' }
  | { readonly screen: 'enrol' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'help' }
  | { readonly screen: 'word' }
  | { readonly screen: 'responses' }
  | { readonly screen: 'response'; readonly responseId: string }
  | { readonly screen: 'finished'; readonly responseId: string }
  /** `page` is an address of app/pages.ts; '' means where the person left off. */
  | { readonly screen: 'fill'; readonly responseId: string; readonly page: string }
  /** Each part of the answers is checked by itself. */
  | { readonly screen: 'check'; readonly responseId: string; readonly part: PagePart }
  | { readonly screen: 'stop'; readonly responseId: string }
  /** A poster's own address. */
  | { readonly screen: 'visit'; readonly code: string }
  | { readonly screen: 'unknown' };

export function routeOf(path: string): Route {
  const [first = '', second = '', third = '', ...rest] = path.split('/').slice(1).map(readable);
  if (rest.length > 0) return { screen: 'unknown' };
  switch (first) {
    case '':
      return { screen: 'home' };
    case 'enrol':
    case 'settings':
    case 'help':
    case 'word':
      return { screen: first };
    case 'responses':
      return responsesRoute(second, third);
    case 'interview':
      return interviewRoute(second, third);
    case 'v':
      return second === '' || third !== '' ? { screen: 'unknown' } : { screen: 'visit', code: second };
    default:
      return { screen: 'unknown' };
  }
}

function responsesRoute(responseId: string, third: string): Route {
  if (responseId === '') return { screen: 'responses' };
  if (third === '') return { screen: 'response', responseId };
  return third === 'finished' ? { screen: 'finished', responseId } : { screen: 'unknown' };
}

function interviewRoute(responseId: string, page: string): Route {
  if (responseId === '') return { screen: 'unknown' };
  if (page === 'check' || page === 'check-equality')
    return { screen: 'check', responseId, part: page === 'check' ? 'main' : 'equality' };
  return page === 'stop' ? { screen: 'stop', responseId } : { screen: 'fill', responseId, page };
}

export function pathOf(route: Route): string {
  switch (route.screen) {
    case 'enrol':
    case 'settings':
    case 'help':
    case 'word':
    case 'responses':
      return `/${route.screen}`;
    case 'response':
      return `/responses/${encodeURIComponent(route.responseId)}`;
    case 'finished':
      return `/responses/${encodeURIComponent(route.responseId)}/finished`;
    case 'fill':
      return `/interview/${encodeURIComponent(route.responseId)}/${encodeURIComponent(route.page)}`.replace(/\/$/, '');
    case 'check':
      return `/interview/${encodeURIComponent(route.responseId)}/check${route.part === 'main' ? '' : '-equality'}`;
    case 'stop':
      return `/interview/${encodeURIComponent(route.responseId)}/stop`;
    case 'visit':
      return `/v/${encodeURIComponent(route.code)}`;
    case 'home':
    case 'unknown':
      return '/';
  }
}

/** A mistyped address is a page that is not there, not a crash. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
