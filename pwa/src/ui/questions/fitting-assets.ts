/** Known assets that fit what is typed and where the phone is; made ready without holding up the phone. */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Interview, KnownAsset, LatLon } from '../../app/index.ts';
import { type AssetIndex, type FoundAsset, fittingAssets, prepareAssets } from '../../app/nearby.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import { fixOf } from './geopoint.ts';

const MOST_SHOWN = 6;
/** Somebody who walks is not far from where they were. */
const FRESH_MILLISECONDS = 300_000;
const PATIENCE_MILLISECONDS = 10_000;

export function useFittingAssets(
  assets: readonly KnownAsset[],
  interview: Interview,
  query: string,
): readonly FoundAsset[] {
  const index = useSignal<AssetIndex | undefined>(undefined);
  const here = useSignal<LatLon | undefined>(undefined);
  useEffect(() => {
    const pieces = prepareAssets(assets);
    const next = (): void => {
      const piece = pieces.next();
      if (piece.done === true) index.value = piece.value;
      else timer.id = setTimeout(next);
    };
    const timer = { id: setTimeout(next) };
    return () => clearTimeout(timer.id);
  }, [assets]);
  useEffect(() => {
    here.value = lastPosition(interview.form.root);
    void positionWithoutAsking().then((position) => {
      here.value = position ?? here.peek();
    });
  }, [interview]);
  return useMemo(
    () => (index.value === undefined ? [] : fittingAssets(index.value, { query, here: here.value, count: MOST_SHOWN })),
    [index.value, query, here.value],
  );
}

/** The last one that was answered in this interview. */
function lastPosition(node: InstanceNode): LatLon | undefined {
  for (const child of [...node.children].reverse()) {
    const found = lastPosition(child);
    if (found !== undefined) return found;
  }
  const fix = node.definition.type === 'geopoint' ? fixOf(node.value) : undefined;
  return fix && [fix.latitude, fix.longitude];
}

/** Only where the person has let this page know before: nobody is asked for the sake of a list. */
async function positionWithoutAsking(): Promise<LatLon | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: 'geolocation' });
    if (state !== 'granted') return undefined;
    const wish = { maximumAge: FRESH_MILLISECONDS, timeout: PATIENCE_MILLISECONDS };
    const { coords } = await new Promise<GeolocationPosition>((resolve, reject) =>
      navigator.geolocation.getCurrentPosition(resolve, reject, wish),
    );
    return [coords.latitude, coords.longitude];
  } catch {
    return undefined; // Safari 15 cannot be asked what is allowed; then, and without a signal, what is typed has to do.
  }
}
