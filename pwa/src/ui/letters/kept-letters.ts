/**
 * Letters that a person has fetched: kept by the browser for offline, in force whenever the app is open, and gone when they are removed.
 *
 * - All files of a language are kept, or none.
 * - They apply to words of their own language, and to what people typed in nobody knows which.
 */

import { type ReadonlySignal, signal } from '@preact/signals';
import type { Lang } from '../../i18n/languages.ts';
import type { LetterFileName } from './letter-files.ts';
import type { Letters } from './letters.ts';

const SHELF = 'fieldwell-letters';

export type Fetched = 'kept' | 'no-connection' | 'no-room';

/** The browser's part: where files are kept and how letters come into force. Tests bring their own. */
export interface LetterDoor {
  fetch(name: LetterFileName): Promise<Response>;
  /** Undefined where the browser keeps nothing for pages, as on plain http. */
  shelf(): Promise<LetterShelf> | undefined;
  add(letters: Letters, weight: string, content: ArrayBuffer): Promise<void>;
  /** Which languages have letters now. */
  apply(langs: readonly Lang[]): void;
  drop(lang: Lang): void;
}

/** As much of the browser's `Cache` as this needs. */
export interface LetterShelf {
  match(name: string): Promise<Response | undefined>;
  put(name: string, file: Response): Promise<void>;
  delete(name: string): Promise<boolean>;
}

export interface KeptLetters {
  readonly kept: ReadonlySignal<ReadonlySet<Lang>>;
  canKeep(): boolean;
  /** What was kept before comes into force. */
  load(): Promise<void>;
  get(letters: Letters): Promise<Fetched>;
  remove(letters: Letters): Promise<void>;
}

export function makeKeptLetters(door: LetterDoor, all: readonly Letters[]): KeptLetters {
  const kept = signal<ReadonlySet<Lang>>(new Set());
  const note = (langs: Iterable<Lang>): void => {
    kept.value = new Set(langs);
    door.apply([...kept.value]);
  };
  const use = async (letters: Letters): Promise<boolean> => {
    const contents = await keptFiles(door, letters);
    if (contents === undefined) return false;
    await Promise.all(letters.files.map(({ weight }, place) => addFile(door, letters, weight, contents[place])));
    note([...kept.peek(), letters.lang]);
    return true;
  };
  return {
    kept,
    canKeep: () => door.shelf() !== undefined,
    load: async () => {
      for (const letters of all) await use(letters).catch(() => false);
    },
    get: async (letters) => {
      const contents = await fetchFiles(door, letters);
      if (contents === undefined) return 'no-connection';
      return (await keepFiles(door, letters, contents)) && (await use(letters)) ? 'kept' : 'no-room';
    },
    remove: async (letters) => {
      const shelf = await door.shelf();
      for (const { name } of letters.files) await shelf?.delete(name);
      door.drop(letters.lang);
      note([...kept.peek()].filter((lang) => lang !== letters.lang));
    },
  };
}

async function addFile(door: LetterDoor, letters: Letters, weight: string, content: Response | undefined) {
  if (content !== undefined) await door.add(letters, weight, await content.arrayBuffer());
}

/** Undefined when one of them is not here. */
async function keptFiles(door: LetterDoor, { files }: Letters): Promise<readonly Response[] | undefined> {
  const shelf = await door.shelf();
  const found = await Promise.all(files.map(({ name }) => shelf?.match(name)));
  return found.every((file) => file !== undefined) ? found : undefined;
}

async function fetchFiles(door: LetterDoor, { files }: Letters): Promise<readonly Response[] | undefined> {
  try {
    const found = await Promise.all(files.map(({ name }) => door.fetch(name)));
    return found.every(({ ok }) => ok) ? found : undefined;
  } catch {
    return undefined;
  }
}

async function keepFiles(door: LetterDoor, { files }: Letters, contents: readonly Response[]): Promise<boolean> {
  try {
    const shelf = await door.shelf();
    if (shelf === undefined) return false;
    await Promise.all(contents.map((content, place) => shelf.put(files[place]?.name ?? '', content)));
    return true;
  } catch {
    return false;
  }
}

/** This browser. */
export function browserDoor(): LetterDoor {
  const faces = new Map<Lang, FontFace[]>();
  return {
    fetch: async (name) => window.fetch((await import('./letter-files.ts')).LETTER_FILES[name]),
    shelf: () => ('caches' in window ? window.caches.open(SHELF) : undefined),
    add: async ({ lang, range }, weight, content) => {
      const face = new FontFace(familyOf(lang), content, { weight, unicodeRange: range });
      document.fonts.add(await face.load());
      faces.set(lang, [...(faces.get(lang) ?? []), face]);
    },
    apply: (langs) => writeRules(document, langs),
    drop: (lang) => {
      for (const face of faces.get(lang) ?? []) document.fonts.delete(face);
      faces.delete(lang);
    },
  };
}

function familyOf(lang: Lang): string {
  return `Fieldwell ${lang}`;
}

/** A style element would break the policy of the page; a rule added to a sheet of ours does not. */
function writeRules({ styleSheets }: Document, langs: readonly Lang[]): void {
  const sheet = [...styleSheets].find(({ href }) => href !== null);
  if (sheet === undefined) return;
  for (let place = sheet.cssRules.length - 1; place >= 0; place -= 1)
    if (sheet.cssRules[place]?.cssText.includes('Fieldwell ') === true) sheet.deleteRule(place);
  const all = langs.map((lang) => `"${familyOf(lang)}"`).join();
  const rules = langs.map((lang) => `:lang(${lang}){--kept-letters:"${familyOf(lang)}"}`);
  for (const rule of langs.length > 0 ? [`:root,[lang]{--kept-letters:${all}}`, ...rules] : [])
    sheet.insertRule(rule, sheet.cssRules.length);
}
