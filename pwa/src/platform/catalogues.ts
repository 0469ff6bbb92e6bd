/** The catalogues that the build found in src/generated/messages, one file each, fetched when its language is chosen. */

import type { CatalogueShelf } from '../i18n/catalogue.ts';

export function browserCatalogues(): CatalogueShelf {
  const files = import.meta.glob<string>('../generated/messages/*.json', {
    query: '?url',
    import: 'default',
    eager: true,
  });
  const addresses = new Map(Object.entries(files).map(([path, url]) => [path.replace(/^.*\/|\.json$/g, ''), url]));
  return {
    languages: [...addresses.keys()].sort(),
    async load(lang) {
      const address = addresses.get(lang);
      if (address === undefined) throw new Error(`There is no catalogue for ${lang}.`);
      const response = await fetch(address);
      return response.json();
    },
  };
}
