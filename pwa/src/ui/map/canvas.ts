/** A map drawn by Leaflet, as far as Fieldwell needs one: an outline, points, a pin, taps. It asks no server for anything. */

import L from 'leaflet';
import type { LatLon, Outline } from '../../app/index.ts';
import mapStyles from './map.css?url';

/** Where its styles are: linked before a map is drawn. */
export { mapStyles };

export interface MapPoint {
  readonly at: LatLon;
  /** A ring is the person's own, a disc is a known asset: told apart without colours. */
  readonly look: 'ring' | 'disc';
}

export interface MapView {
  /** Of one pixel on the screen. */
  metres(): number;
  /** From near by. */
  look(at: LatLon): void;
  /** Only when it is out of sight. */
  follow(at: LatLon): void;
  /** All of these; nothing where there is none. */
  fit(places: readonly LatLon[]): void;
  zoom(steps: number): void;
  centre(): LatLon;
  pin(at: LatLon | undefined): void;
  outline(rings: Outline): void;
  points(points: readonly MapPoint[]): void;
  add(layer: L.Layer): void;
  onTap(listener: (at: LatLon) => void): void;
  remove(): void;
}

const LEAST_ZOOM = 9;
const MOST_ZOOM = 19;
/** Of a street: what a single place is looked at in. */
const NEAR_ZOOM = 16;
const PIN =
  '<svg width="36" height="44" viewBox="0 0 24 29"><path d="M12 28C7 21 3.5 16.500 3.500 11.500a8.500 8.500 0 0 1 17 0c0 5-3.500 9.500-8.500 16.500z"/><circle cx="12" cy="11.500" r="3"/></svg>';

/** `keys`: the arrow keys move the map itself. */
export function openMap(place: HTMLElement, { keys }: { readonly keys: boolean }): MapView {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(place, {
    attributionControl: false,
    zoomControl: false,
    keyboard: keys,
    preferCanvas: true,
    fadeAnimation: !isCalm,
    zoomAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    minZoom: LEAST_ZOOM,
    maxZoom: MOST_ZOOM,
  }).setView([51.5, -0.1], LEAST_ZOOM);
  // Measured when it was folded away, it would be as wide as nothing.
  const resizing = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(() => map.invalidateSize());
  resizing?.observe(place);
  const drawn = {
    outline: L.layerGroup().addTo(map),
    points: L.layerGroup().addTo(map),
    pin: L.layerGroup().addTo(map),
  };
  return {
    metres: () => metresPerPixel(map),
    look: (at) => void map.setView(latLng(at), NEAR_ZOOM, { animate: false }),
    follow(at) {
      if (!map.getBounds().pad(-0.1).contains(latLng(at))) map.panTo(latLng(at), { animate: !isCalm });
    },
    fit(places) {
      if (places.length > 0)
        map.fitBounds(L.latLngBounds(places.map(latLng)), { maxZoom: NEAR_ZOOM, padding: [16, 16], animate: false });
    },
    zoom: (steps) => void map.setZoom(map.getZoom() + steps),
    centre: () => latLon(map.getCenter()),
    pin(at) {
      drawn.pin.clearLayers();
      if (at !== undefined)
        drawn.pin.addLayer(L.marker(latLng(at), { icon: pinIcon(), keyboard: false, interactive: false }));
    },
    outline(rings) {
      drawn.outline.clearLayers();
      const style = { color: colour('--accent'), weight: 3, fill: false, interactive: false, dashArray: '8 6' };
      for (const ring of rings) drawn.outline.addLayer(L.polygon(ring.map(latLng), style));
    },
    points(points) {
      drawn.points.clearLayers();
      for (const { at, look } of points) drawn.points.addLayer(L.circleMarker(latLng(at), lookOf(look)));
    },
    add: (layer) => void layer.addTo(map),
    onTap: (listener) => void map.on('click', (event: L.LeafletMouseEvent) => listener(latLon(event.latlng))),
    remove() {
      resizing?.disconnect();
      map.remove();
    },
  };
}

function lookOf(look: MapPoint['look']): L.CircleMarkerOptions {
  const [ink, paper] = [colour('--accent-strong'), colour('--surface')];
  return look === 'ring'
    ? { radius: 8, color: ink, weight: 4, fill: false, interactive: false }
    : { radius: 6, color: paper, weight: 2, fillColor: ink, fillOpacity: 1, interactive: false };
}

function pinIcon(): L.DivIcon {
  return L.divIcon({ className: 'map-pin', html: PIN, iconSize: [36, 44], iconAnchor: [18, 43] });
}

function metresPerPixel(map: L.Map): number {
  const middle = map.getSize().divideBy(2);
  const beside = map.containerPointToLatLng(middle.add([100, 0]));
  return map.distance(map.containerPointToLatLng(middle), beside) / 100;
}

function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function latLng([lat, lon]: LatLon): L.LatLng {
  return L.latLng(lat, lon);
}

function latLon({ lat, lng }: L.LatLng): LatLon {
  return [lat, lng];
}
