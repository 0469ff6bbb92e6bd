/** How a language writes dates and times, and by which tag browsers know its ways. Pure: what the browser knows of languages, and nothing of the phone. */

import type { Lang, Language } from './languages.ts';

/** English as people in the United Kingdom write it. */
const PLAIN = 'en-GB';

type Shape = Intl.DateTimeFormatOptions;

/** The tag to give to `Intl`: of a language that it does not know, the one that it is written like, else plain English. */
export function formatsOf({ lang, formatsLike }: Pick<Language, 'lang' | 'formatsLike'>): Lang {
  const known = [lang, formatsLike ?? ''].find(isKnown) ?? PLAIN;
  return known === 'en' ? PLAIN : known;
}

function isKnown(lang: Lang): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(lang).length > 0;
  } catch {
    return false;
  }
}

/**
 * A date or time. Some languages' browsers know no words of their own for the halves of the day and write "AM" in the midst of another
 * script: their times run to 24 hours instead.
 */
export function writtenMoment(moment: Date, formats: Lang, shape: Shape): string {
  const format = new Intl.DateTimeFormat(formats, shape);
  const borrows = format.formatToParts(moment).some(({ type, value }) => type === 'dayPeriod' && /[a-z]/i.test(value));
  if (!borrows || new Intl.Locale(formats).maximize().script === 'Latn') return format.format(moment);
  return new Intl.DateTimeFormat(formats, { ...shape, hourCycle: 'h23' }).format(moment);
}
