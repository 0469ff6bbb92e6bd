/** What is known about a language: from its tag alone, and from the team where no browser knows it. */

/** BCP 47 tag, such as `bn` or `zh-Hans`. */
export type Lang = string;
export type Direction = 'ltr' | 'rtl';

export interface Language {
  readonly lang: Lang;
  /** The language's name in itself: "বাংলা". Show it with `lang` and `direction` on its element. */
  readonly autonym: string;
  readonly direction: Direction;
  /** The language whose dates, numbers and plurals it shares, where browsers do not know its own. */
  readonly formatsLike?: Lang;
}

/** `Intl.Locale.textInfo` is missing in the oldest browsers of the floor, so the scripts are listed. */
const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'];

export function direction(lang: Lang): Direction {
  return RIGHT_TO_LEFT.includes(likely(lang)?.script ?? '') ? 'rtl' : 'ltr';
}

/** The tag itself when the browser does not know the language. */
export function autonym(lang: Lang): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang;
  } catch {
    return lang;
  }
}

export function language(lang: Lang): Language {
  return { lang, autonym: autonym(lang), direction: direction(lang) };
}

/**
 * Of `available`, the one that serves `wanted` best: the same tag; else without its last subtag, one after the other; else the first
 * of the same language and script; else undefined. Its twin is server/words/closest.py.
 */
export function closest(wanted: Lang, available: readonly Lang[]): Lang | undefined {
  if (spoken(wanted) === undefined) return undefined;
  for (const tag of shorter(wanted.toLowerCase())) {
    const found = available.find((lang) => lang.toLowerCase() === tag);
    if (found !== undefined) return found;
  }
  return available.find((lang) => spoken(lang) === spoken(wanted));
}

/** The tag, then without its last subtag, and so on; a single letter goes together with what it begins. */
function shorter(tag: string): string[] {
  const subtags = tag.split('-');
  const tags = subtags.map((_, index) => subtags.slice(0, subtags.length - index));
  return tags.filter((left) => (left[left.length - 1]?.length ?? 0) > 1).map((left) => left.join('-'));
}

/** Language and script: `zh-Hant` of `zh-TW`. Undefined: it is no tag. */
function spoken(lang: Lang): string | undefined {
  const found = likely(lang);
  return found && `${found.language}-${found.script}`;
}

/** With the script that its people write, where none is said. Undefined: it is no tag. */
function likely(lang: Lang): Intl.Locale | undefined {
  try {
    return new Intl.Locale(lang).maximize();
  } catch {
    return undefined;
  }
}
