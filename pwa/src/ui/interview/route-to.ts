import type { Interview } from '../../app/index.ts';
import { type Page, type PagePart, pagesIn } from '../../app/pages.ts';
import type { Route } from '../routes.ts';

/** The address of a page of this interview. */
export function routeTo({ responseId }: Interview, page: Page): Route {
  return { screen: 'fill', responseId, page: page.address };
}

export function checkOf({ responseId }: Interview, part: PagePart): Route {
  return { screen: 'check', responseId, part };
}

/** Past the last page of a part lie its answers to check. */
export function routeAfter(interview: Interview, page: Page, next: Page | undefined): Route {
  return next === undefined ? checkOf(interview, page.part) : routeTo(interview, next);
}

/** After all other answers are checked, the equality questions begin; undefined: this is the last check. */
export function afterCheck(pages: readonly Page[], part: PagePart): Page | undefined {
  return part === 'main' ? pagesIn(pages, 'equality')[0] : undefined;
}
