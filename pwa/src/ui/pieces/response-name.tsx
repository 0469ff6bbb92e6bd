/** What tells one response from another: the first words typed in it, its form, and when. */

import type { ResponseSummary } from '../../app/index.ts';
import { useTools } from '../tools.ts';
import { Shown } from './shown.tsx';

interface ResponseNameProps {
  readonly response: ResponseSummary;
  readonly id: string;
  /** As the headings around it demand. */
  readonly level: 2 | 3;
}

export function ResponseName({ response, id, level }: ResponseNameProps) {
  const { words } = useTools().app;
  const title = <Shown words={{ text: response.formTitle, lang: response.formTitleLang }} />;
  const name = response.shortTitle === '' ? title : <bdi lang="">{response.shortTitle}</bdi>;
  return (
    <div id={id}>
      {level === 2 ? <h2>{name}</h2> : <h3>{name}</h3>}
      <p class="quiet small">
        {response.shortTitle !== '' && <>{title} · </>}
        <bdi>{words.moment(response.when)}</bdi>
      </p>
    </div>
  );
}
