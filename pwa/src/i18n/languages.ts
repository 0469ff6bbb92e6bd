/** What is known about a language from its tag alone. */

/** BCP 47 tag, such as `bn` or `zh-Hans`. */
export type Lang = string;
export type Direction = 'ltr' | 'rtl';

export interface Language {
  readonly lang: Lang;
  /** The language's name in itself: "বাংলা". Show it with `lang` and `direction` on its element. */
  readonly autonym: string;
  readonly direction: Direction;
}

/** `Intl.Locale.textInfo` is missing in the oldest browsers of the floor, so the scripts are listed. */
const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);
const RIGHT_TO_LEFT_SCRIPTS = ['arab', 'hebr', 'thaa', 'syrc', 'nkoo', 'adlm'];

export function direction(lang: Lang): Direction {
  const [language = '', ...subtags] = lang.toLowerCase().split('-');
  const script = subtags.find((subtag) => subtag.length === 4);
  const rightToLeft = script === undefined ? RIGHT_TO_LEFT.has(language) : RIGHT_TO_LEFT_SCRIPTS.includes(script);
  return rightToLeft ? 'rtl' : 'ltr';
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

/** Of `available`, the one that serves `wanted` best: the same tag, else the same language, else undefined. */
export function closest(wanted: Lang, available: readonly Lang[]): Lang | undefined {
  const exact = available.find((lang) => lang.toLowerCase() === wanted.toLowerCase());
  const stem = wanted.toLowerCase().split('-')[0];
  return exact ?? available.find((lang) => lang.toLowerCase().split('-')[0] === stem);
}
