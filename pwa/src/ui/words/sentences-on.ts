/** The sentences that a page has just shown, for a person to point at the wrong one. What somebody typed is left out of them. */

import type { Sentence } from '../tools.ts';

/** What holds a whole sentence. */
const WORDED = 'h1, h2, h3, h4, p, legend, label, dt, li, summary, button, a';
/** Answers and names, and what is no word. */
const LEFT_OUT = 'bdi, [lang=""], svg, audio, video, select, [aria-hidden="true"]';
const ISOLATED = /\u2068[^\u2069]*\u2069/g;
const FEWEST_CHARACTERS = 2;
const MOST_CHARACTERS = 300;
const MOST_SENTENCES = 40;

/** In the order of the page, each once. `place`: all of the page but its head and foot. `name`: left out, too; '' for none. */
export function sentencesOn(place: ParentNode, name: string): readonly Sentence[] {
  const byWords = new Map<string, Sentence>();
  for (const element of [...place.querySelectorAll(WORDED)].filter(isWhole)) {
    const words = name === '' ? wordsIn(element) : wordsIn(element).split(name).join('…');
    const fits = words.length >= FEWEST_CHARACTERS && words.length <= MOST_CHARACTERS;
    if (fits && !byWords.has(words)) byWords.set(words, { words, lang: langOf(element) });
  }
  return [...byWords.values()].slice(0, MOST_SENTENCES);
}

/** Neither a piece of a sentence nor a box round several. */
function isWhole(element: Element): boolean {
  const isPiece = element.parentElement?.closest('h1, h2, h3, h4, p, legend, label, dt, summary, button, a') !== null;
  return !isPiece && element.querySelector('h1, h2, h3, h4, p, legend, label, dt, li, button') === null;
}

/** Often what says so is inside: the words of a label, all of them. */
function langOf(element: Element): string {
  const inside = element.querySelector('[lang]:not([lang=""])');
  const says = inside?.textContent?.trim() === element.textContent?.trim() ? inside : element.closest('[lang]');
  return says?.getAttribute('lang') ?? '';
}

function wordsIn(element: Element): string {
  const copy = document.createElement('div');
  for (const child of element.childNodes) copy.append(child.cloneNode(true));
  for (const given of copy.querySelectorAll(LEFT_OUT)) given.replaceWith(given.matches('bdi, [lang=""]') ? '…' : ' ');
  return (copy.textContent ?? '').replace(ISOLATED, '…').replace(/\s+/g, ' ').trim();
}
