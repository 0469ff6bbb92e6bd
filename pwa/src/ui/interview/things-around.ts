/** Which things in lists a page is about, outermost first: "The canal garden", then "It costs too much". */

import type { Interview } from '../../app/index.ts';
import { type Page, pageAt } from '../../app/pages.ts';
import type { Said } from '../pieces/shown.tsx';
import { instanceName } from './instance-name.ts';

export function thingsAround(interview: Interview, pages: readonly Page[], page: Page): readonly Said[] {
  const list = page.inside === '' ? undefined : pageAt(pages, page.inside);
  if (list?.kind !== 'list') return [];
  const position = Number(page.scope.slice(list.address.length + 1));
  return [...thingsAround(interview, pages, list), instanceName(interview, list, position)];
}
