import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import { NO_TRANSLATIONS, parseCatalogue } from './catalogue.ts';
import { direction, type Language, language } from './languages.ts';
import { packedCatalogue } from './sentence-name.ts';
import { createWords, type Speech } from './words.ts';

const ARABIC = parseCatalogue(
  packedCatalogue({
    'Hello {name}': 'مرحبا {name}',
    '{count} answer': {
      zero: 'لا',
      one: 'واحد',
      two: 'اثنان',
      few: '{count} ق',
      many: '{count} ك',
      other: '{count} غ',
    },
  }),
);

function words(lang: string, catalogue = NO_TRANSLATIONS) {
  return createWords(signal<Speech>({ language: language(lang), catalogue }));
}

test('English needs no catalogue', () => {
  const { t, plural, fallback } = words('en');
  assert.equal(t('Hello {name}', { name: 'Amina' }), 'Hello Amina');
  assert.equal(plural('{count} answer', '{count} answers', 1), '1 answer');
  assert.equal(plural('{count} answer', '{count} answers', 1200), '1,200 answers');
  assert.deepEqual(fallback('Hello {name}'), {});
});

test('a missing sentence is English and says so', () => {
  const { t, fallback } = words('ar', ARABIC);
  assert.equal(t('Save'), 'Save');
  assert.deepEqual(fallback('Save'), { lang: 'en', dir: 'ltr' });
  assert.deepEqual(fallback('Hello {name}'), {});
});

test('a translation that no person has checked says so', () => {
  const of = (state: string) => words('ar', parseCatalogue(packedCatalogue({ 'X-Fieldwell-State': state }))).draft();
  assert.deepEqual([of('draft'), of('reviewed'), words('en').draft()], [true, false, false]);
});

test('all six plural forms of Arabic are used', () => {
  const { plural } = words('ar', ARABIC);
  const said = [0, 1, 2, 3, 11, 100].map((count) =>
    plural('{count} answer', '{count} answers', count).replace(/[^\u0621-\u064a]/g, ''),
  );
  assert.deepEqual(said, ['لا', 'واحد', 'اثنان', 'ق', 'ك', 'غ']);
});

test('what is put into a sentence cannot turn its words around', () => {
  assert.equal(words('ar', ARABIC).t('Hello {name}', { name: 'Amina' }), 'مرحبا \u2068Amina\u2069');
  assert.equal(words('en').t('Hello {name}', { name: 'أمينة' }), 'Hello \u2068أمينة\u2069');
});

test('a place without a value stays as it is written', () => {
  assert.equal(words('en').t('Hello {name} {constructor}', { name: 'A' }), 'Hello A {constructor}');
});

test('the sentence follows the language', () => {
  const speech = signal<Speech>({ language: language('en'), catalogue: NO_TRANSLATIONS });
  const { t } = createWords(speech);
  assert.equal(t('Hello {name}', { name: 'A' }), 'Hello A');
  speech.value = { language: language('ar'), catalogue: ARABIC };
  assert.match(t('Hello {name}', { name: 'A' }), /^مرحبا/);
});

test('direction is known by language and by script', () => {
  assert.deepEqual(['ar', 'ur-PK', 'he', 'bn', 'zh-Hans', 'pa-Arab', 'az-Latn'].map(direction), [
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'rtl',
    'ltr',
  ]);
});

test('names stand as people of the language look them up', () => {
  const names = ['ঢাকা', 'আলো', 'zoo', 'Ábel', 'abba'];
  assert.deepEqual(words('en').inOrder(names.slice(2), String), ['abba', 'Ábel', 'zoo']);
  assert.deepEqual(words('bn').inOrder(names, String).slice(0, 2), ['আলো', 'ঢাকা']);
});

test('later words say better what earlier ones say, and leave the rest', () => {
  const mended = parseCatalogue(packedCatalogue({ Save: 'এক', Stop: 'থামুন' }), packedCatalogue({ Save: 'রাখুন' }));
  assert.deepEqual([mended.find('Save'), mended.find('Stop'), mended.find('Other')], ['রাখুন', 'থামুন', undefined]);
});

test('a language that no browser knows writes numbers and counts as the one that it is like', () => {
  const catalogue = parseCatalogue(
    packedCatalogue({ '{count} answer': { one: '1!', few: '{count}?', other: '{count}.' } }),
  );
  const made: Language = { lang: 'qfw', autonym: 'Qfw', direction: 'ltr', formatsLike: 'pl' };
  const { plural, t } = createWords(signal<Speech>({ language: made, catalogue }));
  assert.deepEqual(
    [1, 3, 5].map((count) => plural('{count} answer', '{count} answers', count)),
    ['1!', '3?', '5.'],
  );
  assert.equal(t('{n} MB', { n: 0.5 }), '0.5 MB', 'what is not translated is English, numbers too');
});
