import type { Interview } from '../../app/index.ts';
import type { Page } from '../../app/pages.ts';
import type { Route } from '../routes.ts';

/** The address of a page of this interview; past its last page lie the answers to check. */
export function routeTo({ responseId }: Interview, page: Page | undefined): Route {
  return page === undefined ? { screen: 'check', responseId } : { screen: 'fill', responseId, page: page.address };
}
