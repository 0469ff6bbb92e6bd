/**
 * Known assets below the question for an asset's name: those that fit what is typed, and those near by. Choosing one fills in what is known of it;
 * nobody has to. The field becomes a combobox of ARIA 1.2 with a list; it stays the field that it was, and what is typed in it stays typed.
 */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Interview, Places } from '../../app/index.ts';
import type { FoundAsset } from '../../app/nearby.ts';
import { fillingsFor, nameQuestions } from '../../app/nearby.ts';
import type { InstanceNode } from '../../formlogic/form.ts';
import type { Words } from '../../i18n/words.ts';
import { useTools } from '../tools.ts';
import { useCombobox } from './combobox.ts';
import { useFittingAssets } from './fitting-assets.ts';
import { questionId } from './question-id.ts';
import { liveForm } from './worded-form.ts';

interface KnownAssetsProps {
  readonly interview: Interview;
  readonly node: InstanceNode;
}

export function KnownAssets({ interview, node }: KnownAssetsProps) {
  const { app } = useTools();
  const places = app.places.value;
  const isName = useMemo(() => nameQuestions(interview.form.logic).has(node.definition.number), [interview, node]);
  if (!isName || places === undefined || places.assets.length === 0 || node.readonly) return null;
  return <AssetList interview={interview} node={node} places={places} />;
}

function AssetList({ interview, node, places }: KnownAssetsProps & { readonly places: Places }) {
  const { app, announcer } = useTools();
  const { t, plural } = app.words;
  liveForm(interview);
  const chosen = useSignal('');
  const id = questionId(node);
  const found = useFittingAssets(places.assets, interview, node.value);
  // What was just chosen needs no list of what else it could be.
  const offered = node.value !== '' && node.value === chosen.value ? [] : found;
  const saved = useRef<ReadonlyMap<number, string>>(new Map());
  useEffect(
    () =>
      void places.savedAs(interview.draft.form.logic).then((properties) => {
        saved.current = properties;
      }),
    [interview],
  );
  const choose = (place: number): void => {
    const asset = offered[place]?.asset;
    if (asset === undefined) return;
    const offers = (other: InstanceNode, value: string): boolean =>
      interview.form.choices(other, interview.pack.peek()).some((choice) => choice.value === value);
    const fillings = fillingsFor(asset, node, { saved: saved.current, offers });
    const before = fillings.map(({ node: { value } }) => value);
    chosen.value = asset.name;
    for (const { node: other, text } of fillings) interview.answer(other, text);
    const undo = (): void => {
      for (const [index, { node: other }] of fillings.entries()) interview.answer(other, before[index] ?? '');
    };
    announcer.say({ text: t('Filled in what is known of {name}.', { name: asset.name }), undo });
  };
  const box = useCombobox({ fieldId: id, count: offered.length, choose });
  useEffect(() => {
    const count = offered.length;
    if (box.isOpen) announcer.tell('assets', plural('{count} known place fits', '{count} known places fit', count));
  }, [box.isOpen, offered.length]);
  if (!box.isOpen) return null;
  return (
    <div class="known-assets">
      <p class="quiet small" id={`${id}-known`}>
        {t('Known around here. Choose one, or type on.')}
      </p>
      <div role="listbox" id={box.listId} tabIndex={-1} aria-labelledby={`${id}-known`}>
        {offered.map((one, place) => (
          <Option
            key={one.asset.id}
            found={one}
            id={box.optionId(place)}
            active={box.active === place}
            choose={() => box.take(place)}
          />
        ))}
      </div>
    </div>
  );
}

interface OptionProps {
  readonly found: FoundAsset;
  readonly id: string;
  readonly active: boolean;
  readonly choose: () => void;
}

/** Pressing it must not take the focus from the field, which would fold the list away. */
function Option({ found: { asset, metres }, id, active, choose }: OptionProps) {
  const { words } = useTools().app;
  const [also] = asset.names.filter((name) => name !== asset.name);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field, as in every combobox.
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={active}
      class="known-asset"
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <bdi lang="">{asset.name}</bdi>
      <span class="quiet small">
        {also !== undefined && <bdi lang="">{also}</bdi>}
        {also !== undefined && metres !== undefined && ' · '}
        {metres !== undefined && <bdi>{distanceWords(words, metres)}</bdi>}
      </span>
    </div>
  );
}

function distanceWords({ t }: Words, metres: number): string {
  if (metres < 50) return t('Right here');
  if (metres < 950) return t('{metres} m away', { metres: Math.round(metres / 50) * 50 });
  return t('{kilometres} km away', { kilometres: Math.round(metres / 100) / 10 });
}
