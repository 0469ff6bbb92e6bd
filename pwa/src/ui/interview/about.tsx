/** Inside a list: which thing the questions are about, and what it is a part of. */

import type { Interview } from '../../app/index.ts';
import type { Page } from '../../app/pages.ts';
import { thingsAround } from './things-around.ts';
import { Trail } from './trail.tsx';

export function About({
  interview,
  pages,
  page,
}: {
  readonly interview: Interview;
  readonly pages: readonly Page[];
  readonly page: Page;
}) {
  const names = thingsAround(interview, pages, page);
  if (names.length === 0) return null;
  return (
    <p class="about">
      <Trail names={names} />
    </p>
  );
}
