/** On a resident's first page, where others have the way back: the programme, and the venue of the poster. */

import type { Interview } from '../../app/index.ts';
import { posterHere } from '../pieces/poster-here.ts';
import { useTools } from '../tools.ts';

export function WhoAsks({ interview }: { readonly interview: Interview }) {
  const { app } = useTools();
  const visits = app.visits.value;
  const poster = visits && posterHere(app, visits, { screen: 'stop', responseId: interview.responseId });
  return (
    <p class="over-title">
      {poster !== undefined && (
        <>
          {poster.programme !== '' && (
            <>
              <bdi lang="" class="own-line">
                {poster.programme}
              </bdi>{' '}
            </>
          )}
          <bdi lang="" class="own-line">
            {poster.venue}
          </bdi>
        </>
      )}
    </p>
  );
}
