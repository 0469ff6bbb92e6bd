/**
 * The catalogues that the build found in src/generated/messages, fetched when their language is chosen: the sentences of the first
 * screens, and apart from them all others. The build parts and packs them on the way (vite.config.ts).
 */

import type { CatalogueShelf } from '../i18n/catalogue.ts';

type Shelf = ReadonlyMap<string, () => Promise<object>>;

export function browserCatalogues(): CatalogueShelf {
  const first = shelfOf(import.meta.glob<object>('../generated/messages/*.json', { import: 'default' }));
  const later = shelfOf(
    import.meta.glob<object>('../generated/messages/*.json', { import: 'default', query: '?later' }),
  );
  return {
    languages: [...first.keys()].sort(),
    load: (lang) => loadFrom(first, lang),
    loadLater: (lang) => loadFrom(later, lang),
  };
}

function shelfOf(files: Readonly<Record<string, () => Promise<object>>>): Shelf {
  return new Map(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]));
}

async function loadFrom(shelf: Shelf, lang: string): Promise<object> {
  const load = shelf.get(lang);
  if (load === undefined) throw new Error(`There is no catalogue for ${lang}.`);
  return load();
}
