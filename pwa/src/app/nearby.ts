/**
 * Known assets, to be picked instead of typed again: which question of a form asks for an asset's name, which assets fit what is typed and where
 * somebody stands, and what else of the form a chosen one answers. Pure; made ready in pieces, so that a slow phone can be tapped meanwhile.
 */

import type { Logic } from '../formlogic/definition.ts';
import type { Choice, InstanceNode } from '../formlogic/form.ts';
import { prepareInPieces, type Searchable, searchChoices } from './choice-search.ts';
import type { KnownAsset, LatLon } from './places.ts';

/** The list of entities whose observations are of assets. */
const ASSETS = 'asset_observations';
const METRES_PER_DEGREE = 111_320;
/** So far somebody may mean when they say "around here". */
export const NEAR_METRES = 1_000;

export interface AssetIndex {
  readonly assets: readonly KnownAsset[];
  readonly searchable: Searchable;
}

export interface FoundAsset {
  readonly asset: KnownAsset;
  /** Undefined: nobody knows where one of the two is. */
  readonly metres: number | undefined;
}

/** Numbers of the questions that ask for the name of an asset: what the label of such an entity is made of. */
export function nameQuestions({ nodes }: Logic): ReadonlySet<number> {
  const found = new Set<number>();
  for (const dataset of nodes.filter(({ name, value }) => name === '@dataset' && value === ASSETS)) {
    const label = nodes.find(({ name, parent }) => name === 'label' && parent === dataset.parent);
    const [only, ...others] = label?.uses.calculate ?? [];
    const question = only && nodes[only.node];
    if (others.length === 0 && question?.control === 'input' && question.type === 'string') found.add(question.number);
  }
  return found;
}

/** Each step makes one piece ready; what is returned is the whole. */
export function* prepareAssets(assets: readonly KnownAsset[]): Generator<undefined, AssetIndex> {
  return { assets, searchable: yield* prepareInPieces(assets.map(asChoice)) };
}

/**
 * At most `count`. Nothing typed: what is near, the nearest first. Else what has all the typed words in one of its names: what is near before what
 * is not, and then in the order of the search.
 */
export function fittingAssets(
  { assets, searchable }: AssetIndex,
  { query, here, count }: { readonly query: string; readonly here: LatLon | undefined; readonly count: number },
): readonly FoundAsset[] {
  const [near, others]: [FoundAsset[], FoundAsset[]] = [[], []];
  for (const { value } of searchChoices(searchable, query)) {
    const found = withDistance(assets[Number(value)], here);
    if (found !== undefined) (isNear(found) ? near : others).push(found);
  }
  near.sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0));
  return [...near, ...(query.trim() === '' ? [] : others)].slice(0, count);
}

function isNear({ metres = Number.POSITIVE_INFINITY }: FoundAsset): boolean {
  return metres <= NEAR_METRES;
}

export interface Filling {
  readonly node: InstanceNode;
  readonly text: string;
}

/**
 * What a chosen asset answers: its name, and whatever else the same observation saves of it and nobody has answered yet. `saved`: the
 * properties that questions save, by their number. `offers`: whether a question offers that choice.
 */
export function fillingsFor(
  asset: KnownAsset,
  name: InstanceNode,
  {
    saved,
    offers,
  }: {
    readonly saved: ReadonlyMap<number, string>;
    readonly offers: (node: InstanceNode, value: string) => boolean;
  },
): readonly Filling[] {
  const fillings: Filling[] = [{ node: name, text: asset.name }];
  for (const node of leavesOf(observationAround(name))) {
    const text = node === name || node.value !== '' ? '' : textFor(asset, node, saved.get(node.definition.number));
    const isChoice = node.definition.control === 'select1';
    if (text !== '' && (!isChoice || offers(node, text))) fillings.push({ node, text });
  }
  return fillings;
}

function textFor(asset: KnownAsset, { definition }: InstanceNode, property: string | undefined): string {
  switch (property) {
    case 'kind':
      return definition.control === 'select1' ? asset.kind : '';
    case 'place':
      return definition.type === 'string' ? asset.words : '';
    case 'geometry':
      return definition.type === 'geopoint' && asset.at !== undefined ? `${asset.at[0]} ${asset.at[1]} 0 0` : '';
    case 'asset_id':
      return definition.type === 'string' ? asset.id : '';
    default:
      return '';
  }
}

/** The group or repeat whose entity it names. */
function observationAround(node: InstanceNode): InstanceNode {
  const { parent } = node;
  return parent === undefined || declares(node) ? node : observationAround(parent);
}

function declares(node: InstanceNode): boolean {
  const entities = node.named('meta').flatMap((meta) => meta.named('entity'));
  return entities.length > 0;
}

/** Without what belongs to another observation inside. */
function* leavesOf(node: InstanceNode): Generator<InstanceNode> {
  for (const child of node.children) {
    if (child.definition.kind === 'leaf') yield child;
    else if (!declares(child) && child.definition.kind !== 'repeat') yield* leavesOf(child);
  }
}

function withDistance(asset: KnownAsset | undefined, here: LatLon | undefined): FoundAsset | undefined {
  if (asset === undefined) return undefined;
  const { at } = asset;
  return { asset, metres: here === undefined || at === undefined ? undefined : metresApart(here, at) };
}

/** On a flat earth: right enough within a town. */
function metresApart([lat, lon]: LatLon, [otherLat, otherLon]: LatLon): number {
  const east = (otherLon - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(otherLat - lat, east) * METRES_PER_DEGREE;
}

/** All its names are looked through; that of the list stands first. */
function asChoice({ name, names }: KnownAsset, place: number): Choice {
  const text = [name, ...names].join(' · ');
  return { value: String(place), label: { text, lang: '', parts: [] }, sound: '' };
}
