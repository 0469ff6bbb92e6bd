/** Sentences for people, by their English text. Reactive: read inside a component or an effect, it follows the language. */

import type { ReadonlySignal } from '@preact/signals';
import type { Catalogue } from './catalogue.ts';
import { formatsOf, writtenMoment } from './formats.ts';
import type { Direction, Lang, Language } from './languages.ts';

/** Values for `{name}` places in a sentence. Numbers are written in the language's own way. */
export type Values = Readonly<Record<string, string | number>>;

export interface Words {
  /** The sentence in the language in use, in English when the catalogue lacks it. */
  t(msgid: string, values?: Values): string;
  /** As `t` for a counted thing; `{count}` is given. `one` and `other` are the English sentences. */
  plural(one: string, other: string, count: number, values?: Values): string;
  /** `{lang: 'en', dir: 'ltr'}` when `t(msgid)` falls back to English, else `{}`: spread it on the element. For `plural`, pass `one`. */
  fallback(msgid: string): { readonly lang?: Lang; readonly dir?: Direction };
  /** A computer made the translations in use, and no person has checked them. */
  draft(): boolean;
  /** A date or time as people of this language write it. `iso`: ISO 8601. */
  moment(iso: string): string;
  /** By name, as people of this language look names up. */
  inOrder<Named>(things: readonly Named[], nameOf: (thing: Named) => string): readonly Named[];
}

/** What is spoken now: the language, and the sentences that are there for it. */
export interface Speech {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

const ENGLISH: Language = { lang: 'en', autonym: 'English', direction: 'ltr' };

export function createWords(speech: ReadonlySignal<Speech>): Words {
  return {
    t(msgid, values = {}) {
      const { language, catalogue } = speech.value;
      const found = catalogue.find(msgid);
      return typeof found === 'string' ? fill(found, values, language) : fill(msgid, values, ENGLISH);
    },
    plural(one, other, count, values = {}) {
      const { language, catalogue } = speech.value;
      const all = { ...values, count };
      const forms = catalogue.find(one);
      if (forms === undefined || typeof forms === 'string') return fill(count === 1 ? one : other, all, ENGLISH);
      return fill(forms.get(pluralCategory(formatsOf(language), count)) ?? forms.get('other') ?? other, all, language);
    },
    fallback(msgid) {
      const { language, catalogue } = speech.value;
      return language.lang === 'en' || catalogue.find(msgid) !== undefined ? {} : { lang: 'en', dir: 'ltr' };
    },
    draft: () => speech.value.catalogue.draft,
    moment: (iso) => writeMoment(iso, formatsOf(speech.value.language)),
    inOrder(things, nameOf) {
      const { compare } = new Intl.Collator(formatsOf(speech.value.language));
      return [...things].sort((one, other) => compare(nameOf(one), nameOf(other)));
    },
  };
}

function pluralCategory(formats: Lang, count: number): string {
  return new Intl.PluralRules(formats).select(count);
}

function fill(sentence: string, values: Values, language: Language): string {
  const given = new Map(Object.entries(values));
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = given.get(name);
    return value === undefined ? place : written(value, language);
  });
}

function written(value: string | number, language: Language): string {
  if (typeof value === 'number') return new Intl.NumberFormat(formatsOf(language)).format(value);
  return needsIsolation(value, language.direction) ? `\u2068${value}\u2069` : value;
}

/** Someone's Arabic name in an English sentence, or the other way round, must not turn the words around it. */
function needsIsolation(value: string, direction: Direction): boolean {
  return direction === 'rtl' || /[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(value);
}

/** By the calendar of the forms and of the team, wherever the phone is from. */
function writeMoment(iso: string, formats: Lang): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return writtenMoment(date, formats, { calendar: 'gregory', dateStyle: 'medium', timeStyle: 'short' });
}
