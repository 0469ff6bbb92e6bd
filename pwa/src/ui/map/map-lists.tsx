/** What the map shows, as lists: nothing is on the map alone. */

import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { KnownAsset, LatLon, OwnPoint } from '../../app/index.ts';
import { fittingAssets, prepareAssets } from '../../app/nearby.ts';
import { Paged } from '../pieces/paged.tsx';
import { Shown } from '../pieces/shown.tsx';
import { useTools } from '../tools.ts';

interface Looking {
  /** Show it on the map. */
  readonly look: (at: LatLon) => void;
}

export function OwnList({ points, look }: Looking & { readonly points: readonly OwnPoint[] }) {
  const { app } = useTools();
  const { t } = app.words;
  const places = new Map(points.map(({ responseId, at }) => [responseId, at]));
  const own = app.responses.value.filter(({ id }) => places.has(id));
  if (own.length === 0) return null;
  return (
    <section class="stack-close">
      <h2>{t('Your answers on the map')}</h2>
      <Paged all={own} from="start">
        {(some) => (
          <ul class="cards">
            {some.map(({ id, state, shortTitle, formTitle, formTitleLang }) => (
              <li key={id} class="card line">
                <a class="back" href={state === 'draft' ? `/interview/${id}` : `/responses/${id}`}>
                  {shortTitle === '' ? (
                    <Shown words={{ text: formTitle, lang: formTitleLang }} />
                  ) : (
                    <bdi lang="">{shortTitle}</bdi>
                  )}
                </a>
                <LookButton at={places.get(id)} name={shortTitle === '' ? formTitle : shortTitle} look={look} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

export function PlacesList({ assets, look }: Looking & { readonly assets: readonly KnownAsset[] }) {
  const { t } = useTools().app.words;
  const query = useSignal('');
  const index = useMemo(() => wholeOf(prepareAssets(assets)), [assets]);
  const found = useMemo(() => {
    if (query.value.trim() === '') return assets;
    return fittingAssets(index, { query: query.value, here: undefined, count: assets.length }).map(
      ({ asset }) => asset,
    );
  }, [index, query.value]);
  if (assets.length === 0) return null;
  return (
    <section class="stack-close">
      <h2>{t('Known places')}</h2>
      <div>
        <label for="places-search">{t('Search by name')}</label>
        <input
          id="places-search"
          class="field"
          type="search"
          dir="auto"
          autoComplete="off"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
      </div>
      <Paged key={query.value} all={found} from="start">
        {(some) => (
          <ul class="cards">
            {some.map((asset) => (
              <li key={asset.id} class="card line">
                <div>
                  <p class="line-name">
                    <bdi lang="">{asset.name}</bdi>
                  </p>
                  {asset.words !== '' && (
                    <p class="quiet small">
                      <bdi lang="">{asset.words}</bdi>
                    </p>
                  )}
                </div>
                <LookButton at={asset.at} name={asset.name} look={look} />
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

function LookButton({ at, name, look }: Looking & { readonly at: LatLon | undefined; readonly name: string }) {
  const { t } = useTools().app.words;
  if (at === undefined) return null;
  const show = (): void => {
    look(at);
    document.querySelector<HTMLElement>('.map')?.focus();
  };
  return (
    <button
      type="button"
      class="button button-quiet"
      aria-label={t('Show on the map: {name}', { name })}
      onClick={show}
    >
      {t('Show on the map')}
    </button>
  );
}

function wholeOf<Whole>(pieces: Generator<undefined, Whole>): Whole {
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) return piece.value;
  }
}
