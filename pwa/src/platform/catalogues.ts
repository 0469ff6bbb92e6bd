/**
 * The catalogues of the build, one file for each language, fetched when that language is chosen. The service worker keeps them with the
 * rest of the app.
 */

import type { CatalogueShelf } from '../i18n/catalogue.ts';
import { fetchOfType } from './patient-fetch.ts';

/** Written in by the build: a language → the address of its file, which is named by its hash. */
declare const WORD_FILES: Readonly<Record<string, string>>;

/** So long a slow line may take; whoever asked tries again later. */
const PATIENCE_MS = 30_000;

export function browserCatalogues(): CatalogueShelf {
  const files = new Map(Object.entries(WORD_FILES));
  return {
    languages: [...files.keys()],
    async load(lang) {
      const address = files.get(lang);
      if (address === undefined) throw new Error(`There is no catalogue for ${lang}.`);
      const giveUp = new AbortController();
      const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
      try {
        return await (await fetchOfType(address, 'json', giveUp.signal)).json();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
