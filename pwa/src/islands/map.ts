/**
 * The console's map: outlines and points on plain ground, or on a neighbourhood's own map file. It asks this server alone.
 * The page works without it: the list below the map is the same.
 */

import * as leaflet from 'leaflet';
import { draw, list } from './drawing.ts';
import { type Given, readGiven } from './given.ts';
import { askWhenStill, fetchPoints } from './points.ts';

const FARTHEST = 2;
const NEAREST = 19;
/** Where a map begins that has neither outline nor point: the British Isles. */
const SOMEWHERE: leaflet.LatLngBoundsExpression = [
  [49.8, -8.2],
  [59, 2],
];
const WORLD = leaflet.latLngBounds([-90, -180], [90, 180]);
const MARGIN = 0.05;

const given = readGiven(document);
if (given !== undefined) void begin(given);

async function begin(shown: Given): Promise<void> {
  const place = found('map-place');
  place.hidden = false;
  const map = leaflet.map(found('map'), {
    minZoom: FARTHEST,
    maxZoom: NEAREST,
    zoomAnimation: false,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
    zoomControl: false,
    attributionControl: false,
  });
  map.getContainer().setAttribute('role', 'application');
  map.getContainer().setAttribute('aria-label', shown.words.map);
  leaflet.control.zoom({ zoomInTitle: shown.words.nearer, zoomOutTitle: shown.words.farther }).addTo(map);
  const outlines = leaflet.geoJSON([...shown.outlines], { interactive: false, style: { className: 'map-outline' } });
  map.fitBounds(await firstView(outlines, shown.points));
  await lay(map, shown);
  outlines.addTo(map);
  follow(map, shown);
}

/** Draws the points whenever the map has come to rest. */
function follow(map: leaflet.Map, shown: Given): void {
  const layer = leaflet.layerGroup().addTo(map);
  const said = found('map-said');
  const items = found('map-items');
  const asking = askWhenStill(
    map,
    shown.points,
    (answer) => {
      draw(map, layer, answer);
      list(map, items, answer, shown.words);
      said.textContent = answer.clusters.length === 0 ? shown.words.nothing : '';
      map.getContainer().dataset['points'] = String(answer.points);
    },
    () => {
      said.textContent = shown.words.failed;
    },
  );
  map.on('moveend', () => asking.ask());
  asking.ask();
}

/** The ground: each neighbourhood's own map file where there is one. */
async function lay(map: leaflet.Map, shown: Given): Promise<void> {
  const tiles = window.fieldwellTiles;
  if (tiles === undefined || shown.files.length === 0) return;
  window.L = leaflet;
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const sources = leaflet.control.attribution({ prefix: false }).addTo(map);
  for (const { address } of shown.files) {
    (tiles.layer(address, dark) as leaflet.Layer).addTo(map);
    sources.addAttribution(await tiles.attribution(address));
  }
}

/** All outlines; where there are none all points; where there are none of these somewhere. */
async function firstView(outlines: leaflet.GeoJSON, points: string): Promise<leaflet.LatLngBoundsExpression> {
  if (outlines.getBounds().isValid()) return outlines.getBounds().pad(MARGIN);
  try {
    const { clusters } = await fetchPoints(points, WORLD, FARTHEST);
    const around = leaflet.latLngBounds(clusters.map((one) => [one.lat, one.lon]));
    return around.isValid() ? around.pad(MARGIN) : SOMEWHERE;
  } catch {
    return SOMEWHERE;
  }
}

function found(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page of the map lacks #${id}.`);
  return element;
}
