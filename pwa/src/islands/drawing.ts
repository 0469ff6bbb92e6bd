/** Draws points on the map and, as well, as a list beside it: whatever can be done on the one can be done in the other. */

import { circle, divIcon, type LayerGroup, type Map as LeafletMap, marker } from 'leaflet';
import type { Answer, Cluster, Member, Words } from './given.ts';

/** Of a marker, in pixels: a finger hits it. */
const TARGET = 44;
/** How much nearer a cluster brings its points. */
const NEARER = 2;

export function draw(map: LeafletMap, layer: LayerGroup, answer: Answer): void {
  layer.clearLayers();
  for (const one of answer.clusters) {
    if (one.within !== undefined) {
      circle([one.lat, one.lon], { radius: one.within, className: 'map-area', interactive: false }).addTo(layer);
    }
    const icon = divIcon({
      className: `map-mark ${one.points > 1 ? 'map-cluster' : `map-${one.what ?? 'asset'}`}`,
      html: one.points > 1 ? labelled(one.label) : '',
      iconSize: [TARGET, TARGET],
    });
    const mark = marker([one.lat, one.lon], { icon, keyboard: true, title: one.name });
    mark.on('click', () => open(map, one));
    mark.addTo(layer);
    const drawn = mark.getElement();
    // What stands on the mark is part of its name: somebody who speaks to the page says what they see.
    drawn?.setAttribute(
      'aria-label',
      one.points === 1 || one.name.startsWith(one.label) ? one.name : `${one.label}: ${one.name}`,
    );
    drawn?.setAttribute('role', isOne(one) ? 'link' : 'button');
    drawn?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      open(map, one);
    });
  }
}

export function list(map: LeafletMap, place: HTMLElement, answer: Answer, words: Words): void {
  place.replaceChildren(...answer.clusters.map((one) => item(map, one, words)));
}

function item(map: LeafletMap, one: Cluster, words: Words): HTMLElement {
  const line = document.createElement('li');
  if (one.members !== undefined) {
    const inner = document.createElement('ul');
    inner.append(...one.members.map((member) => leading(member, words)));
    line.append(named(one.name), inner);
    line.tabIndex = -1;
    line.dataset['at'] = placeOf(one);
    return line;
  }
  if (isOne(one)) return leading(one, words);
  line.append(button(map, one));
  return line;
}

/** A line that leads to the page of one thing. */
function leading(one: Member, words: Words): HTMLElement {
  const line = document.createElement('li');
  line.append(link(one));
  if (one.kind) {
    const kind = document.createElement('bdi');
    kind.textContent = one.kind.text;
    kind.lang = one.kind.lang;
    line.append(' · ', kind);
  }
  if (one.what === 'mention') line.append(` · ${words.mention}`);
  return line;
}

function isOne(one: Cluster): one is Cluster & Member {
  return one.points === 1 && one.address !== undefined;
}

function placeOf(one: Cluster): string {
  return `${one.lat} ${one.lon}`;
}

function link(one: Member): HTMLElement {
  const made = document.createElement('a');
  made.href = one.address;
  made.append(named(one.name));
  return made;
}

function button(map: LeafletMap, one: Cluster): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button button-quiet';
  made.append(named(one.name));
  made.addEventListener('click', () => open(map, one));
  return made;
}

/** A name in whatever script. */
function named(name: string): HTMLElement {
  const made = document.createElement('bdi');
  made.dir = 'auto';
  made.lang = '';
  made.textContent = name;
  return made;
}

function labelled(label: string): HTMLElement {
  const made = document.createElement('span');
  made.textContent = label;
  return made;
}

/** One: go to its page. Several: come nearer, and keep the keyboard on the map; where nobody comes nearer, to their list. */
function open(map: LeafletMap, one: Cluster): void {
  if (isOne(one)) {
    window.location.assign(one.address);
    return;
  }
  const inList = document.querySelector<HTMLElement>(`#map-items [data-at="${placeOf(one)}"]`);
  if (inList !== null && map.getZoom() >= map.getMaxZoom()) {
    inList.focus();
    return;
  }
  map.setView([one.lat, one.lon], Math.min(map.getZoom() + NEARER, map.getMaxZoom()));
  map.getContainer().focus({ preventScroll: true });
}
