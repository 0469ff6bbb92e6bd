/** The catalogues that the build found in src/generated/messages, one file each, fetched when its language is chosen. The build packs them on the way (vite.config.ts). */

import type { CatalogueShelf } from '../i18n/catalogue.ts';

export function browserCatalogues(): CatalogueShelf {
  const files = import.meta.glob<unknown>('../generated/messages/*.json', { import: 'default' });
  const shelf = new Map(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]));
  return {
    languages: [...shelf.keys()].sort(),
    async load(lang) {
      const load = shelf.get(lang);
      if (load === undefined) throw new Error(`There is no catalogue for ${lang}.`);
      return load();
    },
  };
}
