/** Pictures, sounds and videos that go with a text of the form, below it. Nothing where the form has none. */

import type { ShownText } from '../../formlogic/form.ts';
import { Later } from './later.tsx';

export function LabelMedia({ words }: { readonly words: Pick<ShownText, 'text' | 'media'> | undefined }) {
  if (words?.media === undefined) return null;
  const { text, media } = words;
  return <Later draw={({ MediaFiles }) => <MediaFiles text={text} media={media} />} />;
}
