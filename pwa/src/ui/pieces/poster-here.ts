import type { App, Poster, Visits } from '../../app/index.ts';
import type { Route } from '../routes.ts';

/** The poster that the screen is about: of its address or of its response; else the one that was met last. */
export function posterHere(
  { responses }: Pick<App, 'responses'>,
  { posters }: Pick<Visits, 'posters'>,
  route: Route,
): Poster | undefined {
  const id = 'responseId' in route ? route.responseId : undefined;
  const visit = responses.value.find((response) => response.id === id)?.visit;
  const code = route.screen === 'visit' ? route.code : visit?.code;
  return code === undefined ? posters.value[0] : posters.value.find((poster) => poster.code === code);
}
