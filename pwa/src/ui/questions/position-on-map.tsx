/** A position set on a map, where there is anything to draw: folded away until it is wanted. */

import { useSignal } from '@preact/signals';
import type { Places } from '../../app/index.ts';
import { PinMap } from '../map/pin-map.tsx';
import { useTools } from '../tools.ts';

interface PositionOnMapProps {
  readonly value: string;
  readonly set: (geopoint: string) => void;
}

export function PositionOnMap({ value, set }: PositionOnMapProps) {
  const { app } = useTools();
  const isOpen = useSignal(false);
  if (!hasGround(app.places.value)) return null;
  return (
    <details
      class="fold"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{app.words.t('Show it on a map')}</summary>
      {isOpen.value && <PinMap value={value} set={set} />}
    </details>
  );
}

/** Without any of these a map is an empty page. */
function hasGround(places: Places | undefined): boolean {
  if (places === undefined) return false;
  const { neighbourhood, maps, assets } = places;
  return neighbourhood.outline.length > 0 || maps.kept.value !== undefined || assets.some(({ at }) => at !== undefined);
}
