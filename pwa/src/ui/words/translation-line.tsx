/** What is said about the words themselves on every page; how it is said is fetched apart, with the pages that need it. */

import type { Interview } from '../../app/index.ts';
import { Later } from '../pieces/later.tsx';
import { useTools } from '../tools.ts';

/** At the foot. */
export function TranslationLine({ interview }: { readonly interview: Interview | undefined }) {
  const state = useTools().later.state.value;
  return state.kind === 'here' ? <state.screens.TranslationState interview={interview} /> : null;
}

/** Beside the way to help. */
export function ReportLink() {
  const state = useTools().later.state.value;
  return state.kind === 'here' ? <state.screens.WordLink /> : null;
}

/** At the top. */
export function WordsAwaited() {
  const awaited = useTools().app.awaited.value;
  return awaited === undefined ? null : <Later draw={({ AwaitedWords }) => <AwaitedWords language={awaited} />} />;
}
